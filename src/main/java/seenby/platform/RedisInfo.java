package seenby.platform;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Redis tells of itself by INFO: lines of a name, a colon and a value. */
public record RedisInfo(String text) {
    /** A whole number; empty if Redis does not tell it. */
    public OptionalLong number(String name) {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(name) + ":(\\d+)").matcher(text);
        return line.find() ? OptionalLong.of(Long.parseLong(line.group(1))) : OptionalLong.empty();
    }
}
