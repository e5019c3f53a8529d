using LiveFace.Media.Frames;
using LiveFace.Media.Images.Files;

namespace LiveFace.Media.Tests.Images;

/// <summary>
/// JPEG files of the rarer kinds, 17 by 15 pixels, nine columns of red and then blue. They were written with Pillow.
/// </summary>
public class JpegKindsTests
{
    private const string FullChroma =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO" +
        "UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P" +
        "T09PT09PT0//wAARCAAPABEDAREAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF" +
        "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW" +
        "V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi" +
        "4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAEC" +
        "AxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm" +
        "Z2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq" +
        "8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDn68Y/STGn/wCPiT/eP86/Vcu/3Ol/hj+SPzXH/wC9Vf8AE/zZHXachu1+On6qY0//AB8S" +
        "f7x/nX6rl3+50v8ADH8kfmuP/wB6q/4n+bI67TkP/9k=";

    private const string Grey =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO" +
        "UlNSMj5aYVpQYEpRUk//wAALCAAPABEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUF" +
        "BAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVW" +
        "V1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi" +
        "4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOfrGn/4+JP94/zqOt2saf8A4+JP94/zqOv/2Q==";

    private const string FourInks =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJT" +
        "UjI+WmFaUGBKUVJP/8AAFAgADwARBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIB" +
        "AwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZH" +
        "SElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV" +
        "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD06vMK8wr06vnbxP8A8jVq/wD1+zf+hmivorwx/wAirpH/" +
        "AF5Q/wDoAorLorTor6dor5ior528T/8AI1av/wBfs3/oZor6K8Mf8irpH/XlD/6AKKy6K06K/9k=";

    private const string Progressive =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxO" +
        "UlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P" +
        "T09PT09PT0//wgARCAAPABEDASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAQCBf/EABUBAQEAAAAAAAAAAAAAAAAAAAUE" +
        "/9oADAMBAAIQAxAAAAHnxWxUpZDY/wD/xAAXEAADAQAAAAAAAAAAAAAAAAAAATIQ/9oACAEBAAEFAh1jo//EABcRAAMBAAAAAAAA" +
        "AAAAAAAAAAEFEDL/2gAIAQMBAT8BZZE//8QAFxEAAwEAAAAAAAAAAAAAAAAAAgUQMv/aAAgBAgEBPwFVsp//xAAWEAEBAQAAAAAA" +
        "AAAAAAAAAAABEAD/2gAIAQEABj8CzWf/xAAWEAEBAQAAAAAAAAAAAAAAAAAQoQD/2gAIAQEAAT8h1jYf/9oADAMBAAIAAwAAABBT" +
        "7//EABYRAAMAAAAAAAAAAAAAAAAAABChwf/aAAgBAwEBPxB+D//EABcRAAMBAAAAAAAAAAAAAAAAAAEQobH/2gAIAQIBAT8QgGr/" +
        "xAAXEAADAQAAAAAAAAAAAAAAAAAQobEA/9oACAEBAAE/EM4pcUf/2Q==";

    [Theory]
    [InlineData(FullChroma)]
    [InlineData(Progressive)]
    [InlineData(FourInks)]
    public void Colours_are_right_in_every_kind(string base64)
    {
        using var pool = new FramePool();
        using var frame = ImageFile.Decode(Convert.FromBase64String(base64), pool);

        (frame.Width, frame.Height).ShouldBe((17, 15));
        ((int)frame.RowY(7)[2]).ShouldBeInRange(76, 88);
        ((int)frame.RowV(3)[1]).ShouldBeGreaterThan(225);
        ((int)frame.RowY(7)[15]).ShouldBeInRange(35, 48);
        ((int)frame.RowU(3)[7]).ShouldBeGreaterThan(225);
    }

    [Fact]
    public void Grey_has_no_colour()
    {
        using var pool = new FramePool();
        using var frame = ImageFile.Decode(Convert.FromBase64String(Grey), pool);

        frame.RowU(3)[3].ShouldBe((byte)128);
        frame.RowV(3)[3].ShouldBe((byte)128);
        ((int)frame.RowY(7)[2]).ShouldBeInRange(76, 88);
    }

    [Fact]
    public void A_sticker_may_be_a_jpeg()
    {
        var image = ImageFile.DecodeRgba(Convert.FromBase64String(FourInks));

        var pixel = image.Pixels.Span.Slice((7 * 17 + 2) * 4, 4).ToArray();
        ((int)pixel[0]).ShouldBeGreaterThan(240);
        ((int)pixel[2]).ShouldBeLessThan(20);
        pixel[3].ShouldBe((byte)255);
    }
}
