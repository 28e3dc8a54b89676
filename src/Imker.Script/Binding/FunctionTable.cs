using Imker.Script.Bound;
using Imker.Script.Syntax;
using Imker.Script.Types;

namespace Imker.Script.Binding;

/// <summary>A function of the language.</summary>
/// <param name="Signature">As messages show it.</param>
/// <param name="MinArguments">At least so many.</param>
/// <param name="MaxArguments">At most so many.</param>
/// <param name="Bind">Checks the arguments and makes the call; null for those that are only assigned to maps.</param>
internal sealed record FunctionRow(
    string Signature, int MinArguments, int MaxArguments, Func<ProbeBinder, CallSyntax, BoundExpression>? Bind)
{
    public string Name { get; } = Signature[..Signature.IndexOf('(')];

    /// <summary>Changes the system: wants <c>--unsafe</c>.</summary>
    public bool IsUnsafe { get; init; }

    /// <summary>Gathers numbers in a map.</summary>
    public AggregateKind? Aggregate { get; init; }
}

/// <summary>The functions, a row each.</summary>
internal static class FunctionTable
{
    private const int Any = 64;

    private static readonly FunctionRow[] Rows =
    [
        new("printf(format, values…)", 1, Any, (binder, call) => binder.BindFormatted(call, BuiltinFunction.Printf)),
        new("errorf(format, values…)", 1, Any, (binder, call) => binder.BindFormatted(call, BuiltinFunction.Errorf)),
        new("warnf(format, values…)", 1, Any, (binder, call) => binder.BindFormatted(call, BuiltinFunction.Warnf)),
        new("cat(format, values…)", 1, Any, (binder, call) => binder.BindFormatted(call, BuiltinFunction.Cat)),
        new("system(format, values…)", 1, Any, (binder, call) => binder.BindFormatted(call, BuiltinFunction.System)) { IsUnsafe = true },
        new("print(value or @map[, top[, divisor]])", 1, 3, (binder, call) => binder.BindPrint(call)),
        new("time([format])", 0, 1, (binder, call) => binder.BindTime(call)),
        new("join(array[, separator])", 1, 2, (binder, call) => binder.BindJoin(call)),
        new("exit([code])", 0, 1, (binder, call) => binder.BindExit(call)),

        new("clear(@map)", 1, 1, (binder, call) => binder.BindClear(call, BuiltinFunction.Clear)),
        new("zero(@map)", 1, 1, (binder, call) => binder.BindClear(call, BuiltinFunction.Zero)),
        new("delete(@map[, key])", 1, 2, (binder, call) => binder.BindEntryFunction(call, BuiltinFunction.Delete)),
        new("has_key(@map, key)", 1, 2, (binder, call) => binder.BindEntryFunction(call, BuiltinFunction.HasKey)),
        new("len(@map)", 1, 1, (binder, call) => binder.BindLength(call)),

        new("str(pointer[, length])", 1, 2, (binder, call) => binder.BindStr(call)),
        new("buf(data[, length])", 1, 2, (binder, call) => binder.BindBuf(call)),
        new("strncmp(a, b, length)", 3, 3, (binder, call) => binder.BindStrncmp(call)),
        new("strlen(text)", 1, 1, (binder, call) => binder.BindStrlen(call)),
        new("bswap(number)", 1, 1, (binder, call) => binder.BindByteSwap(call)),
        new("ksym(address)", 1, 1, (binder, call) => binder.BindSymbol(call, BuiltinFunction.KernelSymbol, new KernelSymbolType())),
        new("usym(address)", 1, 1, (binder, call) => binder.BindSymbol(call, BuiltinFunction.UserSymbol, new UserSymbolType())),
        new("kaddr(symbol)", 1, 1, (binder, call) => binder.BindKernelAddress(call)),
        new("kptr(pointer)", 1, 1, (binder, call) => binder.BindSpace(call, AddressSpace.Kernel)),
        new("uptr(pointer)", 1, 1, (binder, call) => binder.BindSpace(call, AddressSpace.User)),
        new("reg(name)", 1, 1, (binder, call) => binder.BindRegister(call)),
        new("ntop([family, ]address)", 1, 2, (binder, call) => binder.BindNtop(call)),
        new("macaddr(address)", 1, 1, (binder, call) => binder.BindMacAddress(call)),
        new("strftime(format, nanoseconds)", 2, 2, (binder, call) => binder.BindStrftime(call)),
        new("signal(number or name)", 1, 1, (binder, call) => binder.BindSignal(call)) { IsUnsafe = true },

        new("count()", 0, 0, null) { Aggregate = AggregateKind.Count },
        new("sum(number)", 1, 1, null) { Aggregate = AggregateKind.Sum },
        new("avg(number)", 1, 1, null) { Aggregate = AggregateKind.Average },
        new("min(number)", 1, 1, null) { Aggregate = AggregateKind.Minimum },
        new("max(number)", 1, 1, null) { Aggregate = AggregateKind.Maximum },
        new("stats(number)", 1, 1, null) { Aggregate = AggregateKind.Stats },
        new("hist(number[, bits])", 1, 2, null) { Aggregate = AggregateKind.Log2Histogram },
        new("lhist(number, start, end, step)", 4, 4, null) { Aggregate = AggregateKind.LinearHistogram },
    ];

    private static readonly Dictionary<string, FunctionRow> ByName = Rows.ToDictionary(row => row.Name);

    /// <summary>Part of the language, but not of this version.</summary>
    public static string[] NotSupported { get; } =
    [
        "assert", "assert_str", "cgroup_path", "cgroupid", "container_of", "debugf", "default_str_length", "dw_ustack", "fail", "find", "getopt",
        "globmatch", "is_array", "is_err", "is_integer", "is_literal", "is_ptr", "is_scalar", "is_str", "is_unsigned_integer", "kfunc_allowed",
        "kfunc_exist", "memcmp", "override", "path", "percpu_kaddr", "pton", "signal_name", "signal_thread", "skboutput", "socket_cookie",
        "static_assert", "str_concat", "strcap", "strcontains", "strerror", "strstr", "syscall_name", "tseries", "typeinfo", "uaddr", "unwatch",
        "write_user",
    ];

    public static IEnumerable<string> Names => ByName.Keys;

    public static IEnumerable<string> Signatures => Rows.Select(row => row.Signature);

    public static FunctionRow? Find(string name) => ByName.GetValueOrDefault(name);

    public static AggregateKind? FindAggregate(string name) => Find(name)?.Aggregate;
}
