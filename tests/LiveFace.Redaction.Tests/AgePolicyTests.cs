using LiveFace.Redaction.Policy;
using LiveFace.Vision.Attributes;

namespace LiveFace.Redaction.Tests;

/// <summary>Policies that go by an age, as JSON and under a floor.</summary>
public sealed class AgePolicyTests : RedactorRig
{
    private static readonly RedactionPolicy Under18 = new()
    {
        NothingHidden = true, Rules = [new PolicyRule { When = new() { AgeUnder = 18 } }],
    };

    [Fact]
    public void A_policy_that_goes_by_an_age_says_that_people_are_shown_and_stands_under_one_that_hides_all()
    {
        PolicyValidator.Validate(Under18 with { NothingHidden = false }).ShouldHaveSingleItem().Field.ShouldBe("nothingHidden");
        PolicyValidator.Validate(Under18).ShouldBeEmpty();
        var raised = PolicyFloor.Raise(Under18, PolicyPresets.BlurFaces);
        (raised.Rules.Count, raised.NothingHidden).ShouldBe((2, false));
        var stricter = Under18 with { Rules = [new PolicyRule { When = new() { AgeUnder = 21 } }] };
        PolicyFloor.Raise(stricter, Under18).Rules.Count.ShouldBe(1);
        PolicyFloor.Raise(Under18, stricter).Rules.Count.ShouldBe(2);
        PolicyFloor.Raise(PolicyPresets.BlurFaces, Under18).Rules.Count.ShouldBe(1, "everybody is hidden already");
        var snapshot = PolicySnapshot.Create(1, Under18);
        (snapshot.Reads, snapshot.Tells, snapshot.LooksAtAll).ShouldBe((FaceTraits.Age, FaceTraits.None, true));
        PolicySnapshot.Create(1, PolicyPresets.BlurFaces).Reads.ShouldBe(FaceTraits.None, "off unless a policy asks");
    }

    [Theory]
    [InlineData("""{"rules":[{"when":{"ageUnder":0}}],"nothingHidden":true}""", "rules[0].when.ageUnder")]
    [InlineData("""{"rules":[{"when":{"ageUnder":81}}],"nothingHidden":true}""", "rules[0].when.ageUnder")]
    [InlineData("""{"rules":[{"when":{"ageUnder":18},"how":{"effect":"box"}}],"nothingHidden":true}""", "rules[0].when.ageUnder")]
    [InlineData("""{"rules":[{}],"read":["age","name"]}""", "read[1]")]
    [InlineData("""{"rules":[{}],"read":["age","age","age","age"]}""", "read")]
    public void What_is_no_age_or_no_trait_is_refused_by_name(string json, string field)
    {
        PolicyJson.TryRead(System.Text.Encoding.UTF8.GetBytes(json), out _, out var problems).ShouldBeFalse();
        problems[0].Field.ShouldBe(field);
    }

    [Fact]
    public void A_policy_comes_back_from_its_JSON_with_its_ages_and_traits()
    {
        var policy = Under18 with { Read = [PolicyTrait.Emotion, PolicyTrait.Age] };
        PolicyJson.TryRead(PolicyJson.Write(policy), out var read, out _).ShouldBeTrue();
        read!.Rules[0].When.AgeUnder.ShouldBe(18);
        read.Read.ShouldBe([PolicyTrait.Emotion, PolicyTrait.Age]);
    }
}
