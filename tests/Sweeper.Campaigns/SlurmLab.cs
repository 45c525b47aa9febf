using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Sweeper.Cluster.Tests.CommandLine;

namespace Sweeper.Campaigns;

/// <summary>SLURM on this machine, with two virtual nodes, `fz0` and `fz1`; all of its state is in one folder, and goes with it.</summary>
internal sealed class SlurmLab : IDisposable
{
    private const string Configuration = "SLURM_CONF";
    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch"];

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> daemons = [];

    /// <summary>What is missing for it; null: nothing.</summary>
    public static string? Missing => Environment.UserName != "root" ? "SLURM is started by root"
        : Array.Find(
            Programs, program => SweeperProcess.Shell("/", $"PATH=$PATH:/usr/sbin command -v {program}").ExitCode != 0) is { } program
            ? $"{program} is not here: apt-get install munge slurm-wlm"
            : null;

    /// <summary>Starts it; both nodes are idle then.</summary>
    public SlurmLab()
    {
        // Its daemons refuse a folder that others could change, and its clients one that they cannot enter.
        _ = Ask("chmod 755 . && mkdir ctld munge fz0 fz1 && chmod 711 munge && (umask 077 && head -c 1024 /dev/urandom > munge/key)");
        File.WriteAllText(folder.In("slurm.conf"), Settings(Dns.GetHostName().Split('.')[0], FreePorts(3)));
        Environment.SetEnvironmentVariable(Configuration, folder.In("slurm.conf"));
        Start("munged", "--foreground", $"--key-file={folder.In("munge/key")}", $"--socket={folder.In("munge/sock")}",
            $"--pid-file={folder.In("munge/pid")}", $"--log-file={folder.In("munge/log")}", $"--seed-file={folder.In("munge/seed")}");
        BackgroundProcess.Await(() => File.Exists(folder.In("munge/sock")), "munged does not listen");
        Start("slurmctld", "-D", "-i");
        Start("slurmd", "-D", "-N", "fz0");
        Start("slurmd", "-D", "-N", "fz1");
        BackgroundProcess.Await(() => Ask("sinfo -h -o %t").Trim() == "idle", "the nodes are not idle");
    }

    /// <summary>What a SLURM program says.</summary>
    public string Ask(string command) => SweeperProcess.Shell(folder.Path, command).Output;

    /// <summary>Waits until a job has ended; its state and exit code as SLURM says them.</summary>
    public string AwaitEnd(string job)
    {
        BackgroundProcess.Await(
            () => Ask($"scontrol show job {job}") is var said && (said.Contains("JobState=COMPLETED", StringComparison.Ordinal)
            || said.Contains("JobState=FAILED", StringComparison.Ordinal) || said.Contains("JobState=CANCELLED", StringComparison.Ordinal)),
            $"job {job} does not end");
        return string.Join(' ', Ask($"scontrol show job {job}").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith("JobState=", StringComparison.Ordinal)
                || word.StartsWith("ExitCode=", StringComparison.Ordinal)));
    }

    /// <summary>Kills all that runs on the second node, at once: its daemon, and its part of a job.</summary>
    public void KillSecondNode(string job)
    {
        // The worker's process, and those above it, up to and with the one that SLURM has for each part of a job.
        var worker = Directory.GetDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => name.All(char.IsAsciiDigit))
            .First(process => Read($"/proc/{process}/cmdline").Contains($"--name\0fz1/{job}.0\0", StringComparison.Ordinal));
        var killed = new List<int>();
        static bool IsStep(int process) => Read($"/proc/{process}/cmdline").StartsWith("slurmstepd", StringComparison.Ordinal);

        for (var process = worker; !killed.Exists(IsStep); process = Parent(process))
        {
            killed.Add(int.Parse(process, System.Globalization.CultureInfo.InvariantCulture));
        }

        daemons[^1].Kill();
        Assert.All(killed.AsEnumerable().Reverse(), process => Assert.Equal(0, SweeperProcess.Kill(process, 9)));
    }

    /// <summary>Kills the one process whose command line has these words, one after the other.</summary>
    public static void Kill(params string[] words)
    {
        var process = Directory.GetDirectories("/proc").Select(path => Path.GetFileName(path)).Where(name => name.All(char.IsAsciiDigit))
            .Single(process => Read($"/proc/{process}/cmdline") is var line && !line.StartsWith("bash\0", StringComparison.Ordinal)
                && line.Contains($"\0{string.Join('\0', words)}\0", StringComparison.Ordinal));
        Assert.Equal(0, SweeperProcess.Kill(int.Parse(process, System.Globalization.CultureInfo.InvariantCulture), 9));
    }

    public void Dispose()
    {
        _ = Ask("scancel --full --user=root");
        BackgroundProcess.Await(() => Ask("squeue -h -t running,completing -w fz0").Trim().Length == 0, "jobs do not end");
        foreach (var daemon in daemons.AsEnumerable().Reverse())
        {
            _ = SweeperProcess.Kill(daemon.Id, 15);
            daemon.WaitForExit();
            daemon.Dispose();
        }

        Environment.SetEnvironmentVariable(Configuration, null);
        folder.Dispose();
    }

    private static string Parent(string process) =>
        Read($"/proc/{process}/status").Split('\n').Single(line => line.StartsWith("PPid:", StringComparison.Ordinal))[5..].Trim();

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It ended in the meantime.
            return "";
        }
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    private void Start(string program, params string[] arguments) => daemons.Add(Process.Start(new ProcessStartInfo(
        "bash", ["-c", $"PATH=$PATH:/usr/sbin exec \"$@\" >> {folder.In($"{program}.out")} 2>&1", program, program, .. arguments]))!);

    private string Settings(string host, int[] ports) => $"""
        ClusterName=fz
        SlurmctldHost={host}(127.0.0.1)
        SlurmctldPort={ports[0]}
        CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
        AuthType=auth/munge
        AuthInfo=socket={folder.In("munge/sock")},cred_expire=5
        CredType=cred/munge
        SlurmUser=root
        SlurmdUser=root
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        MpiDefault=none
        SwitchType=switch/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_CPU
        SchedulerType=sched/backfill
        SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        JobCompType=jobcomp/none
        StateSaveLocation={folder.In("ctld")}
        SlurmdSpoolDir={folder.Path}/%n
        SlurmctldPidFile={folder.In("ctld.pid")}
        SlurmdPidFile={folder.Path}/%n.pid
        SlurmctldLogFile={folder.In("ctld.log")}
        SlurmdLogFile={folder.Path}/%n.log
        SlurmdParameters=config_overrides
        SlurmdTimeout=10
        ReturnToService=2
        JobRequeue=1
        KillWait=10
        MinJobAge=3600
        NodeName=fz[0-1] NodeHostname={host} NodeAddr=127.0.0.1 Port=[{ports[1]},{ports[2]}] CPUs=2 RealMemory=1000 State=UNKNOWN
        PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP

        """;
}
