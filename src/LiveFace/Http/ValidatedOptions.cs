using Microsoft.Extensions.Options;

namespace LiveFace.Http;

internal static class ValidatedOptions
{
    /// <summary>Binds a section to its options and checks them at start.</summary>
    public static void AddValidated<TOptions, TValidator>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.Services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
        builder.Services.AddOptions<TOptions>().Bind(builder.Configuration.GetSection(section)).ValidateOnStart();
    }
}
