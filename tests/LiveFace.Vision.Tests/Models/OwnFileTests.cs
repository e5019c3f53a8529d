using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using LiveFace.Vision.Models;
using LiveFace.Vision.Models.Preparation;

namespace LiveFace.Vision.Tests.Models;
/// <summary>Models that a user brings along.</summary>
public sealed class OwnFileTests : PreparationRig
{
    [Fact]
    public async Task A_users_own_file_is_used_where_it_lies()
    {
        using var preparation = Preparation(out var model);
        var path = Path.Combine(Folder, "mine.onnx");
        var own = model with { Source = new LocalModelSource("../mine.onnx", Hash(Content)) };
        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldBe($"Model 'one': there is no file {path}.");

        await File.WriteAllBytesAsync(path, Content, Cancel);

        (await preparation.PrepareAsync(own, progress: null, Cancel)).ShouldBe(path);
        preparation.IsPrepared(own).ShouldBeTrue();

        await File.WriteAllBytesAsync(path, "changed"u8.ToArray(), Cancel);
        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldContain("but the catalogue pins");
    }

    [Fact]
    public async Task A_users_own_file_is_converted_beside_it_and_again_when_it_changes()
    {
        using var preparation = Preparation(out var model);
        var original = await File.ReadAllBytesAsync(await Repository.ModelAsync("sface"), Cancel);
        var path = Path.Combine(Folder, "mine.onnx");
        await File.WriteAllBytesAsync(path, original, Cancel);
        var own = model with { Source = new LocalModelSource("../mine.onnx", null), Conversion = ModelConversion.Constants };

        (await preparation.PrepareAsync(own, progress: null, Cancel)).ShouldBe(Path.Combine(Folder, "models", "one.onnx"));
        preparation.IsPrepared(own).ShouldBeTrue();

        await File.WriteAllBytesAsync(path, [.. original, 0xA0, 0x06, 0x00], Cancel);
        preparation.IsPrepared(own).ShouldBeFalse();
        await preparation.PrepareAsync(own, progress: null, Cancel);
        preparation.IsPrepared(own).ShouldBeTrue();
    }

    [Fact]
    public async Task An_original_that_lies_where_its_conversion_goes_is_not_overwritten()
    {
        using var preparation = Preparation(out var model);
        var path = Path.Combine(Folder, "models", "one.onnx");
        await File.WriteAllBytesAsync(path, Content, Cancel);
        var own = model with { Source = new LocalModelSource("one.onnx", null), Conversion = ModelConversion.Constants };

        (await Should.ThrowAsync<ModelException>(() => preparation.PrepareAsync(own, progress: null, Cancel)))
            .Message.ShouldBe($"Model 'one': {path} is where the converted model goes; give the original another name or place.");

        (await File.ReadAllBytesAsync(path, Cancel)).ShouldBe(Content);
    }
}
