using System.Collections.Immutable;

namespace Imker.Machine;

/// <summary>What an argument of a helper of the host is, for the machine that checks it and the verifier that proves it.</summary>
public enum HostArgument
{
    /// <summary>A number.</summary>
    Scalar,

    /// <summary>Memory that the helper reads; the next argument is its length.</summary>
    Input,

    /// <summary>Memory that the helper fills; the next argument is its length.</summary>
    Output,

    /// <summary>The length of the memory before it.</summary>
    Length,

    /// <summary>The program's context.</summary>
    Context,
}

/// <summary>A helper that the host adds: a number that programs call, what its arguments are, and what it does.</summary>
/// <remarks>
/// It runs on the thread of the program, which waits. What it throws ends the run with a fault. Numbers below
/// <see cref="FirstNumber"/> are the kernel's.
/// </remarks>
public sealed class HostHelper
{
    /// <summary>The first number that no helper of a kernel has or will have: that list is closed.</summary>
    public const int FirstNumber = 1 << 16;

    private HostHelper(int number, string name, ImmutableArray<HostArgument> arguments, HostHelperBody body)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, FirstNumber);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(arguments.Length, 5, nameof(arguments));
        for (int i = 0; i < arguments.Length; i++)
        {
            bool isMemory = arguments[i] is HostArgument.Input or HostArgument.Output;
            if (isMemory != (i + 1 < arguments.Length && arguments[i + 1] == HostArgument.Length))
                throw new ArgumentException($"helper '{name}': memory is followed by its length, and a length follows memory", nameof(arguments));
        }
        Number = number;
        Name = name;
        Arguments = arguments;
        Body = body;
    }

    /// <summary>As programs call it.</summary>
    public int Number { get; }

    public string Name { get; }

    /// <summary>What R1 to R5 hold, as many as it takes.</summary>
    public ImmutableArray<HostArgument> Arguments { get; }

    internal HostHelperBody Body { get; }

    /// <summary>A helper with any arguments; memory has been checked when the body runs.</summary>
    /// <param name="number">At least <see cref="FirstNumber"/>.</param>
    /// <param name="name">For listings and messages.</param>
    /// <param name="arguments">Up to five; memory is followed by its length.</param>
    /// <param name="body">What it does; returns R0.</param>
    /// <exception cref="ArgumentException">The number or the arguments cannot be.</exception>
    public static HostHelper Create(int number, string name, ImmutableArray<HostArgument> arguments, HostHelperBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new HostHelper(number, name, arguments.IsDefault ? [] : arguments, body);
    }

    /// <inheritdoc cref="Create(int, string, ImmutableArray{HostArgument}, HostHelperBody)"/>
    public static HostHelper Create(int number, string name, Func<ulong> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new HostHelper(number, name, [], _ => body());
    }

    /// <inheritdoc cref="Create(int, string, ImmutableArray{HostArgument}, HostHelperBody)"/>
    public static HostHelper Create(int number, string name, Func<ulong, ulong> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new HostHelper(number, name, [HostArgument.Scalar], call => body(call[0]));
    }

    /// <inheritdoc cref="Create(int, string, ImmutableArray{HostArgument}, HostHelperBody)"/>
    public static HostHelper Create(int number, string name, Func<ulong, ulong, ulong> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new HostHelper(number, name, [HostArgument.Scalar, HostArgument.Scalar], call => body(call[0], call[1]));
    }
}

/// <summary>What a helper of the host does; returns R0.</summary>
public delegate ulong HostHelperBody(HelperCall call);
