namespace LiveFace.Features.Watermarks;

internal static class WatermarksSetup
{
    public static void AddWatermarks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<WatermarkOptions>().Bind(builder.Configuration.GetSection(WatermarkOptions.Section));
        builder.Services.AddSingleton<RemovalModel>();
        builder.Services.AddSingleton<RemovalWatch>();
        builder.Services.AddSingleton<RemoveEndpoint>();
    }
}
