using System.Text;
using Confgen.Runtime.Guards;

namespace Confgen.Runtime.Tests.Guards;

/// <summary>Hashes made by other programs: openssl passwd, glibc's and libxcrypt's crypt, and the vectors of bcrypt's authors.</summary>
public sealed class PasswordHashTests
{
    private const string Long = "a long password with more than sixty-four bytes in it, so that the digest is repeated";

    [Theory]
    [InlineData("secret", "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/")]
    [InlineData(Long, "$apr1$abcdefgh$FiWFbla5VFixs4.d.4mik0")]
    [InlineData("secret", "$5$saltsalt$0IyaXrmV7.sGNS6tirgqHLqX/G.FBvgkYA.lpPdS5sA")]
    [InlineData("secret", "$6$saltsalt$TVLlQcbpFVof5W3Yz4DTP6gRstiNuHwwTt6GLc1E5n0U0aDehy0S5knV8wiOQSpT0Y77vwPZN.Pq.H91p5hVO1")]
    [InlineData(Long, "$6$saltsalt$hQb5DSlYlYl/DHuMJmnrYS7skvos8Jul1BAWU7s4iVLo.Ka/1s33WI58Y7auO9SHWpAhsqYEFX4sjvZ6Il6wn1")]
    [InlineData("secret", "$5$rounds=1000$saltsalt$eKLZU9t9OoPWrqOQsoTIKG0aYkZ5rGOoOQhiIvoSWX2")]
    [InlineData("secret", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=")]
    [InlineData("secret", "$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a")]
    [InlineData("p\u00e4ssw\u00f6rd", "$2b$06$abcdefghijklmnopqrstuuZRpgtdvy8sTei59Ltc5pdsksVO.fDZe")]
    [InlineData("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW")]
    [InlineData("U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK")]
    [InlineData("", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy")]
    public void A_password_matches_its_hash_and_no_other(string password, string hash)
    {
        Assert.True(PasswordHash.Matches(Encoding.UTF8.GetBytes(password), hash));
        Assert.False(PasswordHash.Matches(Encoding.UTF8.GetBytes(password + "x"), hash));
        Assert.False(PasswordHash.Matches(Encoding.UTF8.GetBytes(password), hash[..^1] + (hash[^1] == 'z' ? 'y' : 'z')));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$2y$")]
    [InlineData("$2y$99$abcdefghijklmnopqrstuu")]
    [InlineData("$1$abc$def")]
    public void What_is_no_hash_matches_nothing(string hash) => Assert.False(PasswordHash.Matches("plain"u8, hash));
}
