using System.Text.Json;
using LiveFace.Vision.Attributes;
using LiveFace.Vision.Detection.Decoders;
using LiveFace.Vision.Models;
using LiveFace.Vision.Tests.Models;

namespace LiveFace.Vision.Tests.Detection.Decoders;

/// <summary>The list of decoders beside whatever else names them.</summary>
public sealed class DecoderRegistryTests
{
    /// <summary>What is read elsewhere: who somebody is, by <c>FaceIdentifier</c>; watermarks, by LiveFace.Restoration.</summary>
    private static readonly ModelDecoder[] ReadElsewhere = [ModelDecoder.Points, ModelDecoder.Embedding, ModelDecoder.Unmark];

    /// <summary>Words without code behind them: models that need them are off.</summary>
    private static readonly ModelDecoder[] Unread = [ModelDecoder.FaceMesh];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_word_has_a_decoder_or_is_known_to_have_none() =>
        DecoderRegistry.All.Select(entry => entry.Decoder).Concat(ReaderRegistry.All.Select(entry => entry.Decoder)).Concat(ReadElsewhere).Concat(Unread)
            .ShouldBe(Enum.GetValues<ModelDecoder>(), ignoreOrder: true);

    [Fact]
    public void What_is_on_has_a_reader() =>
        Repository.Catalogue.Models.Where(model => model.IsOn && Unread.Contains(model.Decoder)).Select(model => model.Id).ShouldBeEmpty();

    [Fact]
    public async Task The_schema_offers_the_words_that_there_are()
    {
        using var schema = JsonDocument.Parse(await File.ReadAllTextAsync(Checkout.PathOf("models", "models.schema.json"), Cancel));
        var offered = Words(schema.RootElement).ShouldHaveSingleItem();
        offered.ShouldBe(Enum.GetValues<ModelDecoder>().Select(ModelWords.Of), ignoreOrder: true);
    }

    [Fact]
    public async Task The_table_in_the_docs_is_the_list()
    {
        var docs = await File.ReadAllTextAsync(Checkout.PathOf("docs", "reference", "models.md"), Cancel);
        foreach (var entry in DecoderRegistry.All)
            docs.ShouldContain($"| `{entry.Word}` | {entry.Outputs} |");
        foreach (var entry in ReaderRegistry.All)
            docs.ShouldContain($"| `{entry.Word}` | {entry.Outputs} |");
    }

    private static IEnumerable<string[]> Words(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            yield break;
        foreach (var member in element.EnumerateObject())
        {
            if (member.NameEquals("decoder") && member.Value.TryGetProperty("enum", out var words))
                yield return [.. words.EnumerateArray().Select(word => word.GetString()!)];
            foreach (var inner in Words(member.Value))
                yield return inner;
        }
    }
}
