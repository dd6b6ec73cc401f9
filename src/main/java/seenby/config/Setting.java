package seenby.config;

import java.util.Locale;

/**
 * One key of the configuration.
 *
 * @param byDefault the value of a key that is not given, as a person would write it
 * @param meaning what the key is for, in one line of Markdown
 * @param isSecret whether the value is or may contain a secret, which no message repeats
 */
record Setting<T>(String name, String byDefault, ValueType<T> type, String meaning, boolean isSecret) {
    static final String VARIABLE_PREFIX = "SEENBY_";

    /** The environment variable of this key: {@code SEENBY_HTTP_PORT} for {@code http.port}. */
    String variable() {
        return VARIABLE_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The environment variable that names a file with the value, for a secret: {@code SEENBY_ADMIN_TOKEN_FILE}. */
    String fileVariable() {
        return variable() + "_FILE";
    }

    /** What the variables of this key and its neighbours begin with: {@code SEENBY_HTTP_}. */
    String variableSection() {
        return VARIABLE_PREFIX + name.substring(0, name.indexOf('.')).toUpperCase(Locale.ROOT) + "_";
    }
}
