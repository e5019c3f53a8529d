using LiveFace.Accuracy;

return await Commands.RunAsync(args);
