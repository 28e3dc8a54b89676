using System.Collections.Immutable;
using System.Numerics;
using Imker.Diagnostics;
using Imker.Objects;
using Imker.Script.Bound;
using Imker.Script.Syntax;

namespace Imker.Script.Binding;

/// <summary>Reads the <c>config</c> block and the environment, which wins.</summary>
internal sealed class ConfigBinder(DiagnosticBag diagnostics)
{
    private const string Prefix = "BPFTRACE_";
    private const int PageSize = 4096;

    /// <summary>A setting: its names, what its value must look like, and what it does (null when the value is wrong).</summary>
    private sealed record Setting(string Name, string Expected, Func<ScriptConfig, string, ScriptConfig?> Apply, string? OldName = null);

    private static readonly Setting[] Effective =
    [
        Number("max_strlen", 1, 65536, (config, value) => config with { MaxStringLength = value }, "strlen"),
        Number("max_map_keys", 1, int.MaxValue, (config, value) => config with { MaxMapKeys = value }, "map_keys_max"),
        Number("max_cat_bytes", 1, int.MaxValue, (config, value) => config with { MaxCatBytes = value }, "cat_bytes_max"),
        Number("max_probes", 1, int.MaxValue, (config, value) => config with { MaxProbes = value }),
        Number("perf_rb_pages", 1, 1 << 18, (config, value) => config with { RingBytes = (int)BitOperations.RoundUpToPowerOf2((uint)value) * PageSize }),
        Number("data_rings", 0, ScriptConfig.MostDataRings, (config, value) => config with { DataRings = value }),
        new("print_maps_on_exit", "true or false", (config, value) => ParseBoolean(value) is { } flag ? config with { PrintMapsOnExit = flag } : null),
        Choice("stack_mode", [("bpftrace", StackMode.Bpftrace), ("perf", StackMode.Perf), ("raw", StackMode.Raw)],
            (config, mode) => config with { StackMode = mode }),
        Choice("missing_probes", [("error", MissingProbes.Error), ("warn", MissingProbes.Warn), ("ignore", MissingProbes.Ignore)],
            (config, choice) => config with { MissingProbes = choice }),
        new("str_trunc_trailer", "a text", (config, value) => config with { StringTruncationTrailer = value }),
        Choice("license", [.. new[] { "GPL", "GPL v2", "GPL and additional rights", "Dual BSD/GPL", "Dual MIT/GPL", "Dual MPL/GPL" }.Select(name => (name, name))],
            (config, license) => config with { License = license }),
    ];

    // These tune what this implementation does another way, or has not: they are taken and change nothing.
    private static readonly string[] Ineffective =
    [
        "cache_user_symbols", "cpp_demangle", "no_cpp_demangle", "lazy_symbolication", "log_size", "max_bpf_progs", "on_stack_limit",
        "show_debug_info", "use_blazesym", "unstable_map_decl", "unstable_tseries", "unstable_addr", "unstable_import", "unstable_macro",
        "unstable_dw_ustack", "unstable_typeinfo",
    ];

    private static readonly Setting[] Settings =
        [.. Effective, .. Ineffective.Select(name => new Setting(name, "a value", (config, _) => config))];

    public static IEnumerable<string> EffectiveSettings => Effective.Select(setting => setting.Name);

    /// <summary>Whether the script or the environment says what to do with missing probes.</summary>
    public bool SaysMissingProbes { get; private set; }

    public ScriptConfig Bind(ImmutableArray<ConfigSettingSyntax> settings, ImmutableDictionary<string, string> environment)
    {
        ScriptConfig config = ScriptConfig.Default;
        foreach (ConfigSettingSyntax setting in settings)
            config = Apply(config, setting);
        // The table of settings is made when there is something to look up.
        if (environment.IsEmpty)
            return config;
        foreach (Setting setting in Settings)
        {
            foreach (string? name in (string?[])[setting.OldName, setting.Name])
            {
                if (name is not null && environment.TryGetValue(Prefix + name.ToUpperInvariant(), out string? value))
                    config = Apply(config, setting, value, SourceSpan.None, $"the environment variable {Prefix}{name.ToUpperInvariant()}");
            }
        }
        return config;
    }

    private ScriptConfig Apply(ScriptConfig config, ConfigSettingSyntax syntax)
    {
        string name = syntax.Key.Text.ToLowerInvariant();
        if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            name = name[Prefix.Length..];
        Setting? setting = Array.Find(Settings, row => row.Name == name || row.OldName == name);
        if (setting is null)
        {
            diagnostics.Error(BindErrorId.BadSetting, syntax.Key.Span,
                $"there is no setting '{Lexer.Shorten(name)}'{Spelling.Suggestion(name, Settings.Select(row => row.Name))}");
            return config;
        }
        string? value = syntax.Value switch
        {
            IntegerLiteralSyntax literal => literal.Value.ToString(),
            StringLiteralSyntax literal => literal.Text,
            BooleanLiteralSyntax literal => literal.Value ? "true" : "false",
            IdentifierSyntax identifier => identifier.Name,
            _ => null,
        };
        return Apply(config, setting, value, syntax.Value.Span, $"'{setting.Name}'");
    }

    private ScriptConfig Apply(ScriptConfig config, Setting setting, string? value, SourceSpan span, string what)
    {
        if (value is not null && setting.Apply(config, value) is { } changed)
        {
            SaysMissingProbes |= setting.Name == "missing_probes";
            return changed;
        }
        diagnostics.Error(BindErrorId.BadSetting, span, $"{what} takes {setting.Expected}");
        return config;
    }

    private static Setting Number(string name, int minimum, int maximum, Func<ScriptConfig, int, ScriptConfig> apply, string? oldName = null) =>
        new(name, maximum == int.MaxValue ? $"a number from {minimum} on" : $"a number from {minimum} to {maximum}",
            (config, text) => IntegerLiteral.TryParse(text, out ulong value, out _) && value >= (ulong)minimum && value <= (ulong)maximum
                ? apply(config, (int)value)
                : null,
            oldName);

    private static Setting Choice<T>(string name, (string Text, T Value)[] choices, Func<ScriptConfig, T, ScriptConfig> apply) =>
        new(name, $"one of {string.Join(", ", choices.Select(choice => choice.Text))}", (config, text) =>
        {
            int index = Array.FindIndex(choices, choice => choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase));
            return index < 0 ? null : apply(config, choices[index].Value);
        });

    private static bool? ParseBoolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };
}
