namespace Imker.Objects;

/// <summary>Whether a map is shared through the file system of BPF (<c>enum libbpf_pin_type</c>).</summary>
public enum MapPinning
{
    /// <summary><c>LIBBPF_PIN_NONE</c>: it is the object's own.</summary>
    None = 0,

    /// <summary><c>LIBBPF_PIN_BY_NAME</c>: where there is one under its name, that is used; else it is made and pinned.</summary>
    ByName = 1,
}
