using System.Globalization;
using System.Xml;
using LiveFace.Films.Boxes;

namespace LiveFace.Films.Exchange;

/// <summary>"CVAT for video 1.1": a track with a box for each picture, and one that is outside behind its last.</summary>
internal static class CvatXml
{
    private const long MostCharacters = 1L << 30;

    public static void Write(Stream output, BoxFileHead head, IReadOnlyList<BoxTrack> tracks, int pictures)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true });
        xml.WriteStartElement("annotations");
        xml.WriteElementString("version", "1.1");
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        xml.WriteElementString("name", head.Film.Name);
        xml.WriteElementString("size", Text(pictures));
        xml.WriteElementString("mode", "interpolation");
        xml.WriteStartElement("original_size");
        xml.WriteElementString("width", Text(head.Film.Width));
        xml.WriteElementString("height", Text(head.Film.Height));
        xml.WriteEndElement();
        xml.WriteStartElement("labels");
        foreach (var label in head.Models.SelectMany(model => model.Labels).Distinct(StringComparer.Ordinal))
        {
            xml.WriteStartElement("label");
            xml.WriteElementString("name", label);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        foreach (var track in tracks)
        {
            xml.WriteStartElement("track");
            xml.WriteAttributeString("id", Text(track.Id));
            xml.WriteAttributeString("label", head.Models[track.Model].Labels[track.Class]);
            xml.WriteAttributeString("source", "auto");
            for (var picture = track.First; picture <= track.Last; picture++)
                Box(xml, picture, track[picture].Cover, track[picture].Origin == BoxOrigin.Between, outside: false);
            if (track.Last + 1 < pictures)
                Box(xml, track.Last + 1, track[track.Last].Cover, isBetween: false, outside: true);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    public static void Read(Stream input, KeyedTracks into)
    {
        using var xml = XmlReader.Create(input, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharacters, IgnoreComments = true, IgnoreWhitespace = true,
        });
        try
        {
            var (id, label) = (0, (string?)null);
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, Name: "track" })
                    (id, label) = ((int)Number(xml, "id"), xml.GetAttribute("label") ?? throw Wrong(xml, "has no label"));
                else if (xml is { NodeType: XmlNodeType.Element, Name: "box" })
                    Box(xml, id, label ?? throw Wrong(xml, "belongs to no track: export it as \"CVAT for video\""), into);
            }
        }
        catch (XmlException error)
        {
            throw new BoxFileException($"Line {error.LineNumber}: it is no XML.", error);
        }
    }

    private static void Box(XmlReader xml, int id, string label, KeyedTracks into)
    {
        var box = new BoxF(Number(xml, "xtl"), Number(xml, "ytl"), Number(xml, "xbr"), Number(xml, "ybr"));
        if (!into.TryAdd(id, label, (int)Number(xml, "frame"), box, 1, xml.GetAttribute("outside") == "1"))
            throw Wrong(xml, $"is no box of a '{label}' in this film");
    }

    private static float Number(XmlReader xml, string name) =>
        float.TryParse(xml.GetAttribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite(value)
            ? value
            : throw Wrong(xml, $"has no number as its {name}");

    private static BoxFileException Wrong(XmlReader xml, string what) =>
        new($"Line {(xml as IXmlLineInfo)?.LineNumber}: <{xml.Name}> {what}.");

    private static void Box(XmlWriter xml, int picture, BoxF box, bool isBetween, bool outside)
    {
        xml.WriteStartElement("box");
        xml.WriteAttributeString("frame", Text(picture));
        xml.WriteAttributeString("keyframe", isBetween ? "0" : "1");
        xml.WriteAttributeString("outside", outside ? "1" : "0");
        xml.WriteAttributeString("occluded", "0");
        xml.WriteAttributeString("xtl", Text(box.Left));
        xml.WriteAttributeString("ytl", Text(box.Top));
        xml.WriteAttributeString("xbr", Text(box.Right));
        xml.WriteAttributeString("ybr", Text(box.Bottom));
        xml.WriteAttributeString("z_order", "0");
        xml.WriteEndElement();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
