using LiveFace.Redaction.Policy;

namespace LiveFace.Redaction.Tests.Policy;

public sealed class LivePolicyTests
{
    [Fact]
    public void A_live_room_takes_every_effect_but_remove_and_says_which_field_has_it()
    {
        foreach (var effect in Enum.GetValues<RuleEffect>())
        {
            var how = new RuleHow { Effect = effect };
            var policy = new RedactionPolicy
            {
                Rules = [new PolicyRule(), new PolicyRule { How = how }],
                Zones = [new PolicyZone { How = how }, new PolicyZone()],
            };
            LivePolicy.Check(policy).Select(problem => problem.Field)
                .ShouldBe(effect == RuleEffect.Remove ? ["rules[1].how.effect", "zones[0].how.effect"] : []);
        }
    }

    [Fact]
    public void A_background_is_not_removed()
    {
        var policy = new RedactionPolicy { Background = new RuleHow { Effect = RuleEffect.Remove } };
        PolicyValidator.Validate(policy).ShouldContain(problem => problem.Field == "background.effect");
    }
}
