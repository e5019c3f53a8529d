using LiveFace.Cli;
using LiveFace.Features.Jobs.Work;
using LiveFace.Media.Sandbox;
using LiveFace.Media.Sandbox.Worker;

// Before anything else is loaded: what a worker has not got cannot be taken from it.
if (args is [WorkerCommand.Verb, .. var rest])
    return DecodeWorker.Run(rest);
if (args is [ConfinedTool.Verb, .. var tool])
    return ConfinedTool.Run(tool);
if (args is [JobWorker.Verb])
    return await JobWorker.RunAsync();
return await CommandLine.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
