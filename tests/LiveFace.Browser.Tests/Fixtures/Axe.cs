using System.Text.Json;
using Microsoft.Playwright;

namespace LiveFace.Browser.Tests.Fixtures;

/// <summary>axe-core's rules, asked of a page as it stands.</summary>
internal static class Axe
{
    /// <summary>What is serious or critical, in words.</summary>
    public static async Task<string[]> SeriousFaultsAsync(IPage page, string theme)
    {
        // Colours on their way from one theme to the other are neither's.
        await page.EvaluateAsync("""
            theme => {
                document.documentElement.dataset.theme = theme;
                for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
            }
            """, theme);
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "node_modules/axe-core/axe.min.js"), TestContext.Current.CancellationToken));
        var found = await page.EvaluateAsync<JsonElement>("axe.run(document, { resultTypes: ['violations'] })");
        return [.. found.GetProperty("violations").EnumerateArray()
            .Where(one => one.GetProperty("impact").GetString() is "serious" or "critical")
            .Select(one => $"{one.GetProperty("id")}: {one.GetProperty("help")} at {string.Join(", ", one.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("target").ToString()))}")];
    }
}
