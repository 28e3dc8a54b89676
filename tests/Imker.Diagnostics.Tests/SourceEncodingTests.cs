using System.Text;
using CsCheck;

namespace Imker.Diagnostics.Tests;

public sealed class SourceEncodingTests
{
    [Fact]
    public void Text_in_UTF8_stays_as_it_is()
    {
        const string Text = "ü 🐝 \u202e";
        Assert.Equal(Text, SourceEncoding.Decode(Encoding.UTF8.GetBytes(Text)));
        Assert.Equal(Encoding.UTF8.GetBytes(Text), SourceEncoding.Encode(Text));
    }

    [Fact]
    public void A_byte_that_is_no_UTF8_is_one_character_and_comes_back()
    {
        byte[] bytes = [(byte)'a', 0xff, (byte)'b', 0xf0, 0x9f];
        string text = SourceEncoding.Decode(bytes);
        Assert.Equal("a\udcffb\udcf0\udc9f", text);
        Assert.Equal(bytes, SourceEncoding.Encode(text));
        Assert.Equal([0xff], SourceEncoding.Encode(text.AsSpan(1, 1)));
    }

    [Fact]
    public void A_byte_order_mark_is_left_out() => Assert.Equal("x", SourceEncoding.Decode([0xef, 0xbb, 0xbf, (byte)'x']));

    [Fact]
    public void All_bytes_come_back() =>
        Gen.Byte.Array[0, 200].Where(b => !(b is [0xef, 0xbb, 0xbf, ..])).Sample(bytes =>
            Assert.Equal(bytes, SourceEncoding.Encode(SourceEncoding.Decode(bytes))), iter: 5000);

    [Fact]
    public void Any_text_can_be_encoded() => Gen.Char.Array[0, 50].Sample(text => SourceEncoding.Encode(text), iter: 5000);
}
