using LiveFace.Redaction.Framing;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Framing;

/// <summary>A camera that follows faces, picture by picture.</summary>
public abstract class CameraTestBase
{
    private protected const float Step = 1 / 30f;
    private protected const float Face = 0.15f;
    private protected static readonly PolicyFraming Main = new();
    private protected readonly CameraOperator _camera = new();
    private protected TimeSpan _now = TimeSpan.FromSeconds(3);

    private protected static BoxF Box(float x, float y, float size) => new(x - size / 2, y - size / 2, x + size / 2, y + size / 2);

    private protected (float X, float Y, float Scale) View() => (_camera.X, _camera.Y, _camera.Scale);

    private protected void Follow(float x, float y, int pictures, float face = Face)
    {
        for (var i = 0; i < pictures; i++)
        {
            _now += TimeSpan.FromSeconds(Step);
            _camera.Step(_now, Main, Box(x, y, face), face);
        }
    }
}
