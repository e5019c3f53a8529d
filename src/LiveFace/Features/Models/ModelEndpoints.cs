using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Features.Models;

/// <summary>The models of the catalogue with their licence and state, for pages and people.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/models", (ModelCatalogue catalogue, ModelPreparation preparation) =>
        {
            var defaults = catalogue.Models.Where(m => m.IsOn).GroupBy(m => m.Job).Select(g => g.First().Id).ToHashSet();
            return Results.Json(
                catalogue.Models.Select(m => Describe(m, preparation, defaults.Contains(m.Id))), ApiJson.Options);
        }).Produces<ModelInfo[]>().Needs(Roles.None);

    private static ModelInfo Describe(ModelEntry model, ModelPreparation preparation, bool isDefault)
    {
        var prepared = model.IsOn && preparation.IsPrepared(model);
        var (state, reason) = (model.IsOn, prepared) switch
        {
            (false, _) => ("off", $"An operator turns it on with 'liveface models on {model.Id}'."),
            (true, false) => ("not-prepared", preparation.StepOf(model) is { } step
                ? $"It is being prepared: {ModelWords.Of(step.Stage)} {step.Detail} ({step.Elapsed.TotalSeconds:0} s)."
                : "It is prepared when it is first asked for."),
            _ => ("ready", null),
        };
        return new ModelInfo(
            model.Id, model.Job.ToString().ToLowerInvariant(), model.Title, model.Licence.Weights, isDefault,
            state, reason, model.Labels);
    }

    private sealed record ModelInfo(
        string Id, string Job, string Title, string Licence, bool Default, string State, string? Reason,
        IReadOnlyList<string> Classes);
}
