using LiveFace.Samples;

return await Sample.RunAsync(args, Console.Out);
