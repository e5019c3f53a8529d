namespace LiveFace.Vision.Tests.Detection;

public sealed class SuppressionTests
{
    private static DetectionList Many(int seed, int count, int classes)
    {
        var random = new Random(seed);
        var list = new DetectionList();
        for (var i = 0; i < count; i++)
        {
            var x = random.NextSingle() * 300;
            var y = random.NextSingle() * 200;
            var side = 10 + random.NextSingle() * 60;
            list.Add(new DetectedObject(new BoxF(x, y, x + side, y + side), random.Next(classes), random.NextSingle()));
        }

        return list;
    }

    [Fact]
    public void What_is_kept_is_what_the_plain_way_keeps()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var list = Many(seed, 200, 3);
            var kept = new List<DetectedObject>();
            foreach (var item in list.Items.ToArray().OrderByDescending(d => d.Score))
                if (!kept.Any(k => k.Class == item.Class && k.Box.IntersectionOverUnion(item.Box) > 0.4f))
                    kept.Add(item);
            Suppression.KeepStrongest(list, 0.4f);
            list.Items.ToArray().ShouldBe(kept);
        }
    }

    [Fact]
    public void Things_of_different_classes_do_not_suppress_each_other()
    {
        var list = new DetectionList();
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 0, 0.9f));
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 1, 0.8f));
        Suppression.KeepStrongest(list, 0.4f);
        list.Count.ShouldBe(2);
    }

    [Fact]
    public void What_lies_before_the_start_is_left_alone()
    {
        var list = new DetectionList();
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 0, 0.1f));
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 0, 0.2f));
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 0, 0.3f));
        Suppression.KeepStrongest(list, 0.4f, from: 1);
        list.Items.ToArray().Select(d => d.Score).ShouldBe([0.1f, 0.3f]);
    }

    [Fact]
    public void A_weighted_merge_is_the_mean_by_score()
    {
        var list = new DetectionList();
        list.Add(new DetectedObject(new BoxF(0, 0, 10, 10), 0, 0.75f));
        list.Add(new DetectedObject(new BoxF(4, 0, 14, 10), 0, 0.25f));
        Suppression.MergeWeighted(list, 0.3f);
        list.Count.ShouldBe(1);
        list.Items[0].Box.Left.ShouldBe(1, 1e-5f);
        list.Items[0].Score.ShouldBe(0.75f);
    }

    [Fact]
    public void Suppression_allocates_nothing()
    {
        var list = Many(1, 300, 2);
        var again = list.Items.ToArray();
        Once();
        var before = ThreadAllocations.Begin();
        Once();
        ThreadAllocations.Since(before).ShouldBe(0);

        void Once()
        {
            list.Clear();
            foreach (ref readonly var item in again.AsSpan())
                list.Add(item);
            Suppression.KeepStrongest(list, 0.4f);
            Suppression.MergeWeighted(list, 0.2f);
        }
    }

    [Fact]
    public void A_full_list_says_how_many_did_not_fit()
    {
        var list = new DetectionList(capacity: 4);
        foreach (var score in new[] { 0.5f, 0.1f, 0.7f, 0.3f, 0.2f, 0.9f, 0.05f })
            list.Add(new DetectedObject(new BoxF(0, 0, 1, 1), 0, score));
        list.Items.ToArray().Select(d => d.Score).ShouldBe([0.5f, 0.1f, 0.7f, 0.3f]);
        list.Dropped.ShouldBe(3);
    }

    [Theory]
    [InlineData(Suppression.MostThings, 0)]
    [InlineData(DetectionList.RoomForLook, DetectionList.RoomForLook - Suppression.MostThings)]
    public void A_model_that_sees_things_everywhere_ends_the_work_once_there_are_too_many(int things, int dropped)
    {
        var list = new DetectionList();
        for (var i = 0; i < things; i++)
            list.Add(new DetectedObject(new BoxF(2 * i, 0, 2 * i + 1, 1), 0, 1));
        Suppression.KeepStrongest(list, 0.4f);
        list.Count.ShouldBe(Suppression.MostThings);
        list.Dropped.ShouldBe(dropped);
    }
}
