using System.Globalization;

namespace Imker.Tracing;

/// <summary>User names by id, from /etc/passwd; read at the first question.</summary>
internal static class UserNames
{
    private static readonly Lazy<Dictionary<uint, string>> names = new(() => Read("/etc/passwd"));

    /// <summary>The name, or the number where there is none.</summary>
    public static string Of(uint id) =>
        names.Value.TryGetValue(id, out string? name) ? name : id.ToString(CultureInfo.InvariantCulture);

    internal static Dictionary<uint, string> Read(string path)
    {
        var result = new Dictionary<uint, string>();
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                string[] parts = line.Split(':');
                if (parts.Length > 2 && uint.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
                    result.TryAdd(id, parts[0]);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without the file, users are numbers.
            return [];
        }
        return result;
    }
}
