Sweeper.Running.PrivateFiles.Begin();
return await Sweeper.CommandLine.RunAsync(args, Console.Out, Console.Error);
