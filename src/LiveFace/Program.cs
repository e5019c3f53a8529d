using LiveFace.Cli;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Sandbox.Worker;

// Before anything else is loaded: what a worker has not got cannot be taken from it.
if (args is [WorkerCommand.Verb, .. var rest])
    return DecodeWorker.Run(rest);
return await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
