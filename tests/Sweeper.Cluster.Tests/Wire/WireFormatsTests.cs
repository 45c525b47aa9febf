using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using Akka.Configuration;
using Akka.Serialization;
using Sweeper.Cluster.Hosting;
using Sweeper.Cluster.Coordinator;
using Sweeper.Cluster.Status;
using Sweeper.Cluster.Wire;
using Sweeper.Cluster.Worker;
using Sweeper.Core.Errors;
using Sweeper.Core.Packing;
using Sweeper.Core.Ports;

namespace Sweeper.Cluster.Tests.Wire;

public sealed class WireFormatsTests(WireFormatsTests.Fixture fixture) : IClassFixture<WireFormatsTests.Fixture>
{
    private readonly ActorSystem system = fixture.System;

    /// <summary>Every message type of the protocol, found by reflection.</summary>
    public static TheoryData<Type> MessageTypes() =>
        [.. typeof(ISweeperMessage).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(ISweeperMessage)))];

    [Theory, MemberData(nameof(MessageTypes))]
    public void A_message_comes_back_as_it_was_sent(Type type)
    {
        foreach (var richness in Enumerable.Range(0, 3))
        {
            var message = new Sample(richness).Of(type);
            var serializer = system.Serialization.FindSerializerFor(message);

            Assert.IsType<SweeperSerializer>(serializer);
            var manifest = Serialization.ManifestFor(serializer, message);
            var back = ((SerializerWithStringManifest)serializer).FromBinary(serializer.ToBinary(message), manifest);
            Assert.Equivalent(message, back, strict: true);
            Assert.True(manifest.Length <= 12);
        }
    }

    [Theory, MemberData(nameof(MessageTypes))]
    public void A_message_cut_short_is_refused(Type type)
    {
        var serializer = (SweeperSerializer)system.Serialization.FindSerializerForType(type);
        var message = new Sample(1).Of(type);
        var bytes = serializer.ToBinary(message);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.ThrowsAny<Exception>(() => serializer.FromBinary(bytes[..length], serializer.Manifest(message)));
        }
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("../up.parquet")]
    [InlineData("/etc/passwd")]
    [InlineData("a\0b")]
    public void A_message_that_names_a_file_elsewhere_is_refused(string name)
    {
        var (lease, good) = (new LeaseId("s", 1), "6f1e-0-0.parquet");
        var start = new PackStart(1, new StagedCheckpoint(name, good, "", 1, 1), true);
        ISweeperMessage[] messages =
        [
            new MayCommit(lease, new StagedSegment(name, good, "", 1, 1), [], 1),
            new MayCommit(lease, new StagedSegment(good, name, "", 1, 1), [], 1),
            new MayCommit(lease, new StagedSegment(good, good, "", 1, 1, new StagedCheckpoint(good, name, "", 1, 1)), [], 1),
            new PackLease(lease, new Pack(new PackId(name), 0, 1, 1), new byte[1], 1, TimeSpan.Zero, "", new PackStart(0, null, true)),
            new PackLease(lease, new Pack(new PackId(good), 0, 1, 1), new byte[1], 1, TimeSpan.Zero, "", start),
        ];
        foreach (var message in messages)
        {
            var serializer = (SweeperSerializer)system.Serialization.FindSerializerFor(message);
            Assert.Throws<InvalidDataException>(() => serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message)));
        }
    }

    [Fact]
    public void Messages_of_any_other_type_are_refused()
    {
        Assert.ThrowsAny<Exception>(() => system.Serialization.FindSerializerFor(new Stranger("hello")));
        Assert.ThrowsAny<Exception>(() => system.Serialization.FindSerializerFor(new Dictionary<string, object>()));
    }

    [Fact]
    public void The_largest_lease_status_and_report_fit_in_a_frame()
    {
        var everyTrial = Enumerable.Range(0, LaneBuckets.Largest).Select(trial => new Divergence(trial, long.MaxValue)).ToImmutableArray();
        var segment = new StagedSegment(new string('a', 100), new string('b', 100), new string('c', 64), 1, 1);
        var lease = new LeaseId(new string('d', 16), long.MaxValue);
        var name = new string('w', 80);
        ISweeperMessage[] largest =
        [
            new Chunk(lease, int.MaxValue, new byte[Chunk.MaxBytes]),
            new MayCommit(lease, segment, everyTrial, 1),
            new PackFinished(lease, 1, everyTrial, 1),
            new SweepStatus(
                name, name, SweepState.Running, new TrialCounts(1, 1, 1, 1, 1, 1), 1, 1,
                new SweepWork(0.5, new TimeRange(default, default)),
                [.. Enumerable.Repeat(
                    new PackProgress(new PackId(name), name, 1, 1, 1, 1, 1, [.. new CurvePoint[PackGauge.LongestCurve]]),
                    StatusReport.MostCurves),
                    .. Enumerable.Repeat(
                        new PackProgress(new PackId(name), name, 1, 1, 1, 1, 1, []), StatusReport.LongestList - StatusReport.MostCurves)],
                [.. Enumerable.Repeat(new WorkerStatus(name, "cuda:0", new string('r', 100)), StatusReport.LongestList)], null, null, null),
        ];

        var frame = system.Settings.Config.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size") ?? 128_000;
        Assert.All(
            largest,
            message => Assert.InRange(system.Serialization.FindSerializerFor(message).ToBinary(message).Length, 1, (int)frame - 2_000));
    }

    public sealed class Fixture : IDisposable
    {
        internal ActorSystem System { get; } = ActorSystem.Create(
            "wire",
            ConfigurationFactory.ParseString("akka { stdout-loglevel = OFF, loglevel = OFF }")
                .WithFallback(SweeperAkkaExtensions.SharedConfiguration()));

        public void Dispose() => System.Terminate().Wait();
    }

    private sealed record Stranger(string Word);

    /// <summary>Fills records by the types of their parameters: optional things absent (0), present (1), or plural (2).</summary>
    private sealed class Sample(int richness)
    {
        private static readonly Type[] NameFiles = [typeof(PackId), typeof(StagedSegment), typeof(StagedCheckpoint)];
        private int count;

        public object Of(Type type)
        {
            var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
                .OrderByDescending(made => made.GetParameters().Length).First();
            var nullability = new NullabilityInfoContext();
            return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(
                parameter.ParameterType, nullability.Create(parameter).WriteState == NullabilityState.Nullable,
                NameFiles.Contains(type)))]);
        }

        private object? Value(Type type, bool isOptional, bool namesFiles = false)
        {
            if (isOptional && richness == 0)
            {
                return null;
            }

            count++;
            type = Nullable.GetUnderlyingType(type) ?? type;
            return type switch
            {
                _ when type == typeof(string) && namesFiles => $"6f1e_{count}-A.parquet",
                _ when type == typeof(string) => $"word {count} é\u0000漢",
                _ when type == typeof(int) => -count,
                _ when type == typeof(long) => long.MinValue + count,
                _ when type == typeof(double) => count * Math.PI,
                _ when type == typeof(bool) => count % 2 == 0,
                _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(count),
                _ when type == typeof(ReadOnlyMemory<byte>) =>
                    new ReadOnlyMemory<byte>([.. Enumerable.Range(0, 3 * richness).Select(i => (byte)(200 + i))]),
                _ when type == typeof(ExitCode) => ExitCode.Preempted,
                _ when type.IsEnum => Enum.GetValues(type).GetValue(richness)!,
                _ when type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) =>
                    List(type.GetGenericArguments()[0]),
                _ => Of(type),
            };
        }

        private object List(Type item)
        {
            var items = Array.CreateInstance(item, richness);
            for (var i = 0; i < richness; i++)
            {
                items.SetValue(Value(item, isOptional: false), i);
            }

            return typeof(ImmutableArray)
                .GetMethods().Single(made => made.Name == "Create" && made.GetParameters() is [{ ParameterType.IsArray: true }])
                .MakeGenericMethod(item).Invoke(null, [items])!;
        }
    }
}
