using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LiveFace.Tests.Serving;

namespace LiveFace.Tests.Shared;

/// <summary>What the chart has a pod do before it goes, on a real server: it waits for those who are there.</summary>
public sealed class ChartDrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pod_that_is_to_go_waits_until_its_last_session_has_ended()
    {
        await using var server = await RunningServer.StartAsync("--Telemetry:MetricsAllowedFrom:100=127.0.0.1", "--Access:RequireKey=true");
        var session = new ScriptedSession("v=0\r\n");
        server.Rooms.Room("a").Answering = _ => session;
        using var client = server.ClientWith(server.MakeKey(LiveFace.Access.Roles.View));
        (await client.PostAsync("/whep/a", new StringContent("v=0", Encoding.UTF8, "application/sdp"), Cancel)).StatusCode.ShouldBe(HttpStatusCode.Created);

        using var before = Start(await CommandAsync(), server.Address.Port);
        (await SaidAsync(before, "+ sleep 2")).ShouldBeTrue("a session is there");
        session.Close();
        await before.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        before.ExitCode.ShouldBe(0);
    }

    /// <summary>The command as the chart renders it.</summary>
    private static async Task<string> CommandAsync()
    {
        var start = new ProcessStartInfo("node", [Checkout.PathOf("scripts", "chart.mjs"), "render"]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var node = Process.Start(start)!;
        var resources = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync(Cancel))!.AsArray();
        var set = resources.Single(one => (string?)one!["kind"] == "StatefulSet")!;
        return (string)set["spec"]!["template"]!["spec"]!["containers"]![0]!["lifecycle"]!["preStop"]!["exec"]!["command"]![2]!;
    }

    private static Process Start(string command, int port) => Process.Start(new ProcessStartInfo("bash", ["-x", "-c", command])
    {
        UseShellExecute = false, RedirectStandardError = true, Environment = { ["SETTLE"] = "0", ["HTTP_PORT"] = port.ToString(CultureInfo.InvariantCulture) },
    })!;

    /// <summary>Whether it comes to this step; what it says after that is thrown away.</summary>
    private static async Task<bool> SaidAsync(Process traced, string step)
    {
        while (await traced.StandardError.ReadLineAsync(Cancel) is { } line)
            if (line == step)
            {
                _ = traced.StandardError.ReadToEndAsync(CancellationToken.None);
                return true;
            }

        return false;
    }
}
