using System.Text;

namespace Imker.Capture.Dissection;

/// <summary>This machine's interfaces by number, as sysfs has them.</summary>
internal static class InterfaceNames
{
    public static Dictionary<int, byte[]> Read(string directory)
    {
        var names = new Dictionary<int, byte[]>();
        try
        {
            foreach (string path in Directory.EnumerateDirectories(directory))
            {
                if (int.TryParse(File.ReadAllText(Path.Combine(path, "ifindex")), out int index))
                    names[index] = Encoding.UTF8.GetBytes(Path.GetFileName(path));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without sysfs the numbers have no names.
        }
        return names;
    }
}
