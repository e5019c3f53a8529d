using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LiveFace.Architecture.Tests.Scripts;

/// <summary>The Helm chart as Go's templates render it: what comes out fits Kubernetes' schemas and itself.</summary>
public sealed class ChartTests : IDisposable
{
    private const string Everything = """
        {
          "secrets": { "encryption": { "name": "enc" }, "turn": { "name": "turn" }, "metrics": { "name": "scrape" } },
          "pools": { "cpu": { "autoscaling": { "enabled": true }, "nodeSelector": { "example.org/kind": "media" } }, "gpu": { "enabled": true } },
          "trustedProxies": ["10.1.0.0/16"], "nodes": { "tlsSecret": "nodes-tls" }, "storage": { "size": "" },
          "media": { "mode": "hostNetwork", "publicAddress": "list", "publicAddresses": ["203.0.113.7"], "iceUrls": ["turn:turn.example.org:3478"] },
          "ingress": { "enabled": true, "className": "nginx", "annotations": { "example.org/a": "b \"c\"" } },
          "metrics": { "serviceMonitor": true, "rules": true, "dashboard": true, "allowedFrom": ["10.0.0.0/8"] }
        }
        """;

    private readonly string _values = Path.GetTempFileName();

    public void Dispose() => File.Delete(_values);

    [Theory]
    [InlineData("{}", 8)]
    [InlineData("""{ "media": { "publicAddress": "hostIP" }, "networkPolicy": { "enabled": false, "httpsOut": false } }""", 5)]
    [InlineData(Everything, 13)]
    public async Task Every_resource_fits_the_schema_of_its_kind(string values, int resources)
    {
        var (code, said) = await ChartAsync("check", values);
        said.Trim().ShouldBe($"{resources} resources, 0 problems");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task A_pod_is_sent_nobody_before_it_is_ready_keeps_its_secrets_out_of_the_chart_and_has_time_to_drain()
    {
        var all = await RenderAsync("{}");
        var pod = All(all, "StatefulSet").ShouldHaveSingleItem()["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        ((string?)container["readinessProbe"]!["httpGet"]!["path"]).ShouldBe("/health/ready");
        ((bool?)container["securityContext"]!["readOnlyRootFilesystem"]).ShouldBe(true);
        ((bool?)pod["securityContext"]!["runAsNonRoot"]).ShouldBe(true);
        ((int?)pod["terminationGracePeriodSeconds"]).ShouldBe(30 * 60 + 60);
        Setting(container, "Storage__Database")!["valueFrom"]!["secretKeyRef"]!["name"]!.ToString().ShouldBe("liveface-database");
        Setting(container, "Cluster__Secret")!["valueFrom"]!["secretKeyRef"].ShouldNotBeNull();
        Setting(container, "Access__RequireKey")!["value"]!.ToString().ShouldBe("true");
        Setting(container, "Media__PublicAddressFrom")!["value"]!.ToString().ShouldBe("kubernetes");
        All(all, "ClusterRole").ShouldHaveSingleItem()["rules"]!.ToJsonString().ShouldBe("""[{"apiGroups":[""],"resources":["nodes"],"verbs":["get"]}]""");
    }

    [Fact]
    public async Task Each_pool_has_its_machines_its_budget_and_its_scale_by_rooms()
    {
        var all = await RenderAsync(Everything);
        var sets = All(all, "StatefulSet").ToDictionary(set => (string)set["metadata"]!["name"]!);
        sets.Keys.ShouldBe(["video-cpu", "video-gpu"], ignoreOrder: true);
        sets["video-gpu"]["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["limits"]!["nvidia.com/gpu"]!.ToString().ShouldBe("1");
        sets["video-cpu"]["spec"]!["replicas"].ShouldBeNull("the autoscaler says how many");
        All(all, "PodDisruptionBudget").Select(one => (string?)one["spec"]!["selector"]!["matchLabels"]!["app.kubernetes.io/component"]).ShouldBe(["cpu", "gpu"], ignoreOrder: true);
        var scaled = All(all, "HorizontalPodAutoscaler").ShouldHaveSingleItem()["spec"]!;
        ((string?)scaled["scaleTargetRef"]!["name"]).ShouldBe("video-cpu");
        ((string?)scaled["metrics"]![0]!["pods"]!["metric"]!["name"]).ShouldBe("liveface_rooms_publishing");
        var pod = sets["video-cpu"]["spec"]!["template"]!["spec"]!;
        Setting(pod["containers"]![0]!, "Cluster__Address")!["value"]!.ToString().ShouldBe("https://$(POD_NAME).video-nodes.rooms.svc:8190");
        foreach (var mount in pod["containers"]![0]!["volumeMounts"]!.AsArray())
            pod["volumes"]!.AsArray().ShouldContain(volume => (string)volume!["name"]! == (string)mount!["name"]!);
        JsonNode.Parse((string)All(all, "ConfigMap").ShouldHaveSingleItem()["data"]!["liveface.json"]!)!.ToJsonString()
            .ShouldBe(JsonNode.Parse(await File.ReadAllTextAsync(Checkout.PathOf("deploy", "grafana-dashboard.json"), TestContext.Current.CancellationToken))!.ToJsonString());
    }

    private static IEnumerable<JsonNode> All(JsonArray resources, string kind) => resources.Where(one => (string?)one!["kind"] == kind).Select(one => one!);

    private static JsonNode? Setting(JsonNode container, string name) => container["env"]!.AsArray().SingleOrDefault(one => (string?)one!["name"] == name);

    private async Task<JsonArray> RenderAsync(string values)
    {
        var (code, said) = await ChartAsync("render", values);
        code.ShouldBe(0, said);
        return JsonNode.Parse(said)!.AsArray();
    }

    private async Task<(int Code, string Said)> ChartAsync(string verb, string values)
    {
        await File.WriteAllTextAsync(_values, values, TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("node", [Checkout.PathOf("scripts", "chart.mjs"), verb, _values]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var said = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (node.ExitCode, node.ExitCode == 2 ? await error : said + (said.Length == 0 ? await error : ""));
    }
}
