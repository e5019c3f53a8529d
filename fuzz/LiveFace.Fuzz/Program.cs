using LiveFace.Fuzz;
using SharpFuzz;

// `LiveFace.Fuzz` lists the parsers; `LiveFace.Fuzz PARSER` takes inputs from afl-fuzz, or one from standard input;
// `LiveFace.Fuzz PARSER FILE…` runs files, as those of the corpus.
switch (args)
{
    case []:
        foreach (var name in Parsers.All.Keys)
            Console.WriteLine(name);
        return 0;
    case [var name] when Parsers.All.TryGetValue(name, out var parse):
        Fuzzer.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            parse(input.ToArray());
        });
        return 0;
    case [var name, .. var files] when Parsers.All.TryGetValue(name, out var parse):
        foreach (var file in files)
            parse(File.ReadAllBytes(file));
        return 0;
    default:
        await Console.Error.WriteLineAsync($"There is no parser {args[0]}.");
        return 2;
}
