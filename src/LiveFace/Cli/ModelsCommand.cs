using System.CommandLine;
using LiveFace.Cli.Lines;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Cli;

/// <summary><c>liveface models</c>: lists, prepares and switches models.</summary>
internal static class ModelsCommand
{
    private static readonly Option<string?> Folder = new("--models")
    {
        Description = "The folder of models.json.", Recursive = true,
    };

    public static Command Create()
    {
        var command = new Command("models", "Lists the models with their licence and state.")
        {
            Folder, Prepare(), Switch(true), Switch(false), TimeCommand.Create(Folder, Ids("Models to measure; all that are prepared where none is named.", ArgumentArity.ZeroOrMore)),
        };
        command.SetAction(parsed =>
        {
            using var models = Open(parsed, out var catalogue);
            ModelTable.Write(catalogue, models, parsed.InvocationConfiguration.Output);
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Prepare()
    {
        var ids = Ids("Models to prepare; those of the first run where none is named.", ArgumentArity.ZeroOrMore);
        var all = new Option<bool>("--all") { Description = "Prepare all models that are on." };
        var command = new Command("prepare", "Fetches models, checks them and brings them into ONNX.") { ids, all };
        command.SetAction(async (parsed, cancel) =>
        {
            using var preparation = Open(parsed, out var catalogue);
            var output = parsed.InvocationConfiguration.Output;
            // All names are looked up before the first is prepared: a mistyped one costs no download.
            var named = (parsed.GetValue(ids) ?? []).Distinct(StringComparer.Ordinal).Select(catalogue.Find).ToList();
            var chosen = named.Count > 0 ? named : catalogue.Models.Where(model => parsed.GetValue(all) ? model.IsOn : model.IsFirst)
                .SelectMany(model => catalogue.BesideOf(model).Prepend(model)).Distinct().ToList();
            foreach (var model in chosen)
            {
                if (!model.IsOn)
                    await output.WriteLineAsync(LicenceText.Of(model));
                await preparation.PrepareAsync(model, new ProgressLines(output), cancel);
            }
            return CommandLine.Success;
        });
        return command;
    }

    private static Command Switch(bool on)
    {
        var ids = Ids("The models.", ArgumentArity.OneOrMore);
        var command = new Command(on ? "on" : "off", on ? "Lets rooms use models, and tells their licence." : "Keeps rooms from using models.") { ids };
        command.SetAction(async (parsed, cancel) =>
        {
            using var _ = Open(parsed, out var catalogue);
            var models = parsed.GetRequiredValue(ids).Distinct(StringComparer.Ordinal).Select(catalogue.Find).ToList();
            await LocalCatalogue.SwitchAsync(catalogue.Folder, [.. models.Select(model => model.Id)], on, cancel);
            foreach (var model in models)
                await parsed.InvocationConfiguration.Output.WriteLineAsync(on ? LicenceText.Of(model) : $"{model.Id} is off.");
            return CommandLine.Success;
        });
        return command;
    }

    /// <summary>A list of models; a mistyped option is not taken for one.</summary>
    private static Argument<string[]> Ids(string description, ArgumentArity arity)
    {
        var ids = new Argument<string[]>("ids") { Description = description, Arity = arity };
        ids.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith('-')) is { } option)
                result.AddError($"'{option.Value}' is not known here.");
        });
        return ids;
    }

    private static ModelPreparation Open(ParseResult parsed, out ModelCatalogue catalogue)
    {
        catalogue = ModelCatalogue.Load(ModelCatalogue.Locate(parsed.GetValue(Folder)));
        return new ModelPreparation(catalogue, TimeProvider.System);
    }
}
