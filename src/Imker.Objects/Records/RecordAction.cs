namespace Imker.Objects;

/// <summary>What the reader of a record does with it.</summary>
public abstract record RecordAction
{
    /// <summary>Sent through the control ring, so that it is never lost behind data.</summary>
    public virtual bool IsControl => false;
}

/// <summary>Format the fields as printf(3) does and write them.</summary>
public sealed record PrintfAction(string Format, PrintfTarget Target = PrintfTarget.Output) : RecordAction;

/// <summary>Where formatted text goes.</summary>
public enum PrintfTarget
{
    /// <summary>Standard output, as <c>printf</c>.</summary>
    Output,

    /// <summary>Standard error with the place in the source before it, as <c>errorf</c>.</summary>
    Error,

    /// <summary>Standard error with the place in the source before it, as <c>warnf</c>.</summary>
    Warning,

    /// <summary>A shell command whose output is written (<c>system</c>).</summary>
    Command,

    /// <summary>The path of a file whose content is written (<c>cat</c>).</summary>
    File,
}

/// <summary>Write the one field as <c>print(value)</c> does.</summary>
public sealed record PrintValueAction : RecordAction;

/// <summary>Write the fields, texts, with a separator between them and a line break behind (<c>join</c>).</summary>
public sealed record JoinAction(string Separator) : RecordAction;

/// <summary>Write the wall-clock time (<c>time</c>).</summary>
public sealed record TimeAction(string Format) : RecordAction;

/// <summary>Write a map as <c>print(@map)</c> does.</summary>
/// <param name="View">The name of a <see cref="MapView"/>.</param>
/// <param name="Top">The greatest that many alone; 0 for all.</param>
/// <param name="Divisor">Values are divided by it; 0 and 1 leave them.</param>
/// <param name="Clears">What is printed is removed in the same step: <c>print(@m); clear(@m)</c>.</param>
public sealed record PrintMapAction(string View, int Top, long Divisor, bool Clears) : RecordAction
{
    public override bool IsControl => true;
}

/// <summary>Remove all entries of a map.</summary>
public sealed record ClearMapAction(string View) : RecordAction
{
    public override bool IsControl => true;
}

/// <summary>Set all values of a map to zero and keep the keys.</summary>
public sealed record ZeroMapAction(string View) : RecordAction
{
    public override bool IsControl => true;
}

/// <summary>End the run; the one field, if there is one, is the exit code.</summary>
public sealed record ExitAction : RecordAction
{
    public override bool IsControl => true;
}
