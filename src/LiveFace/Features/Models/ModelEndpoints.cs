using LiveFace.Access;
using LiveFace.Http;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Features.Models;

/// <summary>The models of the catalogue with their licence and state, for pages and people.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/models", (ModelCatalogue catalogue, ModelPreparation preparation, ModelOrders orders) =>
            Results.Json(catalogue.Models.Select(m => Describe(m, preparation, orders, catalogue)), ApiJson.Options))
            .Produces<ModelInfo[]>().Needs(Roles.None);
        routes.MapPost("/api/models/{id}/prepare", Prepare).Produces<ModelInfo>(StatusCodes.Status202Accepted).Needs(Roles.Admin);
    }

    private static IResult Prepare(string id, ModelCatalogue catalogue, ModelPreparation preparation, ModelOrders orders)
    {
        var model = catalogue.Models.FirstOrDefault(one => one.Id == id) ?? throw new ProblemException(Problem.NotFound, "The catalogue has no such model.");
        if (!model.IsOn)
            throw new ProblemException(Problem.RequestInvalid, $"It is off. Turn it on with 'liveface models on {model.Id}', then start the server again.");
        orders.Begin(model);
        return Results.Json(Describe(model, preparation, orders, catalogue), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static ModelInfo Describe(ModelEntry model, ModelPreparation preparation, ModelOrders orders, ModelCatalogue catalogue)
    {
        var isDefault = model.IsOn && catalogue.Models.First(one => one.IsOn && one.Job == model.Job) == model;
        var prepared = model.IsOn && preparation.IsPrepared(model);
        var (state, reason) = (model.IsOn, prepared) switch
        {
            (false, _) => ("off", $"An operator turns it on with 'liveface models on {model.Id}'."),
            (true, false) => ("not-prepared", preparation.StepOf(model) is { } step
                ? $"It is being prepared: {ModelWords.Of(step.Stage)} {step.Detail} ({step.Elapsed.TotalSeconds:0} s)."
                : orders.ProblemOf(model) ?? (orders.IsUnderWay(model) ? "It waits to be prepared." : "It is prepared when it is first asked for.")),
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
