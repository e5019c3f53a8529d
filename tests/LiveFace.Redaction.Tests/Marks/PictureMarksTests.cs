using System.Text;
using LiveFace.Redaction.Marks;
using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Marks;

public sealed class PictureMarksTests
{
    [Fact]
    public void Marks_are_read_as_they_are_described()
    {
        PictureMarks.TryRead("""
            {"hide":[{"shape":"rectangle","box":{"x":0.1,"y":0.2,"width":0.3,"height":0.4},"class":"plate","how":{"effect":"solid","color":"#ff0000"}},
                     {"shape":"ellipse","box":{"x":0,"y":0,"width":1,"height":1}},
                     {"shape":"polygon","points":[{"x":0,"y":0},{"x":1,"y":0},{"x":0,"y":1}]},
                     {"shape":"brush","points":[{"x":0.5,"y":0.5}],"width":0.1}],
             "keep":[{"model":"objects","box":{"x":0.1,"y":0.1,"width":0.1,"height":0.1}}]}
            """u8, out var marks, out var problems).ShouldBeTrue(string.Join("; ", problems));
        marks!.Hide.Select(mark => mark.Shape).ShouldBe([HideShape.Rectangle, HideShape.Ellipse, HideShape.Polygon, HideShape.Brush]);
        marks.Hide[0].How!.Effect.ShouldBe(RuleEffect.Solid);
        marks.Hide.Select(mark => mark.Class).ShouldBe(["plate", null, null, null]);
        marks.Keep.Single().ShouldBe(new KeepMark { Model = "objects", Box = new ZoneBox(0.1f, 0.1f, 0.1f, 0.1f) });
    }

    [Theory]
    [InlineData("""{"hides":[]}""", "hides")]
    [InlineData("""{"hide":null}""", "hide")]
    [InlineData("""{"hide":[null]}""", "hide[0]")]
    [InlineData("""{"hide":[{"shape":"rectangle"}]}""", "hide[0].box")]
    [InlineData("""{"hide":[{"shape":"rectangle","box":{"x":0,"y":0,"width":0,"height":1}}]}""", "hide[0].box")]
    [InlineData("""{"hide":[{"shape":"ellipse","box":{"x":0,"y":0,"width":1,"height":1},"points":[]}]}""", "hide[0].points")]
    [InlineData("""{"hide":[{"shape":"polygon","points":[{"x":0,"y":0},{"x":1,"y":1}]}]}""", "hide[0].points")]
    [InlineData("""{"hide":[{"shape":"polygon","points":[{"x":0,"y":0},{"x":1.1,"y":1},{"x":0,"y":1}]}]}""", "hide[0].points[1].x")]
    [InlineData("""{"hide":[{"shape":"brush","points":[{"x":0,"y":0}]}]}""", "hide[0].width")]
    [InlineData("""{"hide":[{"shape":"brush","points":[{"x":0,"y":0}],"width":0}]}""", "hide[0].width")]
    [InlineData("""{"hide":[{"shape":"rectangle","box":{"x":0,"y":0,"width":1,"height":1},"how":{"effect":"box"}}]}""", "hide[0].how.effect")]
    [InlineData("""{"hide":[{"shape":"rectangle","box":{"x":0,"y":0,"width":1,"height":1},"class":" "}]}""", "hide[0].class")]
    [InlineData("""{"hide":[{"shape":"star","box":{"x":0,"y":0,"width":1,"height":1}}]}""", "hide[0].shape")]
    [InlineData("""{"keep":[{"model":"","box":{"x":0,"y":0,"width":1,"height":1}}]}""", "keep[0].model")]
    [InlineData("""{"keep":[{"model":"faces"}]}""", "keep[0].box")]
    [InlineData("""{"keep":[{"model":"faces","box":{"x":0,"y":0,"width":1,"height":1},"track":1}]}""", "keep[0].track")]
    [InlineData("[]", "marks")]
    [InlineData("{", "marks")]
    public void What_cannot_be_a_mark_is_refused_by_its_field(string json, string field)
    {
        PictureMarks.TryRead(Encoding.UTF8.GetBytes(json), out var marks, out var problems).ShouldBeFalse();
        marks.ShouldBeNull();
        problems.ShouldContain(problem => problem.Field.EndsWith(field, StringComparison.Ordinal), string.Join("; ", problems));
    }

    [Fact]
    public void There_are_no_more_marks_than_somebody_waits_for()
    {
        var hide = Enumerable.Repeat("""{"shape":"rectangle","box":{"x":0,"y":0,"width":1,"height":1}}""", MarkLimits.Hide + 1);
        PictureMarks.TryRead(Encoding.UTF8.GetBytes($$"""{"hide":[{{string.Join(',', hide)}}]}"""), out _, out var problems).ShouldBeFalse();
        problems.ShouldHaveSingleItem().Field.ShouldBe("marks.hide");
    }
}
