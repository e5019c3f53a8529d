using LiveFace.Vision.Identity;

namespace LiveFace.Reidentify;

/// <summary>How the quality of faces is spread.</summary>
internal static class QualityTable
{
    public static void Print(FaceQuality[] faces)
    {
        double[] parts = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
        Console.WriteLine("| | 1 % | 5 % | 25 % | 50 % | 75 % | 95 % | 99 % |");
        Line("sharpness", one => one.Sharpness);
        Line("|yaw|", one => MathF.Abs(one.Yaw));
        Line("pitch", one => one.Pitch);
        Line("|roll|", one => MathF.Abs(one.Roll));
        Line("brightness", one => one.Brightness);
        Line("contrast", one => one.Contrast);

        void Line(string name, Func<FaceQuality, float> of)
        {
            var sorted = faces.Select(of).Order().ToArray();
            Console.WriteLine($"| {name} | " + string.Join(" | ", parts.Select(part => $"{sorted[(int)(part * (sorted.Length - 1))]:0.00}")) + " |");
        }
    }
}
