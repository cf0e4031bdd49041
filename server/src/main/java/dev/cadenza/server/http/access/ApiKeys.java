package dev.cadenza.server.http.access;

import dev.cadenza.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API, by the SHA-256 of a key that only its owner has. A file holds one a line, {@code
 * name:sha256[:requests per minute[:burst]]}; lines that are empty or begin with # are not read. A name stands for one
 * key.
 */
public final class ApiKeys {
    private static final Pattern LINE =
            Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,31}):(?<hash>[0-9a-fA-F]{64})"
                    + "(?::(?<rate>[0-9]{1,7}(?:\\.[0-9]{1,3})?)(?::(?<burst>[0-9]{1,6}))?)?");

    private final Map<String, ApiKey> byHash;

    /**
     * One key.
     *
     * @param name whose it is
     * @param rate how often it may be used; null: as often as one likes
     */
    record ApiKey(String name, @Nullable Rate rate) {}

    private ApiKeys(Map<String, ApiKey> byHash) {
        this.byHash = byHash;
    }

    /**
     * Reads a file of keys.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if a line is not as it must be; the message names it and holds nothing secret
     */
    public static ApiKeys read(Path file) throws IOException {
        Map<String, ApiKey> keys = new LinkedHashMap<>();
        Map<String, Integer> linesOfNames = new HashMap<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " must be name:sha256[:requests per minute[:burst]]");
            }
            ApiKey key;
            try {
                key = new ApiKey(matcher.group("name"), rate(matcher.group("rate"), matcher.group("burst")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
            }
            Integer before = linesOfNames.put(key.name(), i + 1);
            if (before != null) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": the name " + key.name() + " is in line " + before + " already");
            }
            if (keys.put(matcher.group("hash").toLowerCase(Locale.ROOT), key) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": the key is listed already");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("it has no keys, so that every request would be refused");
        }
        return new ApiKeys(keys);
    }

    private static @Nullable Rate rate(@Nullable String perMinute, @Nullable String burst) {
        if (perMinute == null) {
            return null;
        }
        double rate = Double.parseDouble(perMinute);
        return burst == null ? Rate.perMinute(rate) : new Rate(rate, Integer.parseInt(burst));
    }

    /** The key's entry. Only hashes are looked up, so that the time it takes reveals nothing of a key. */
    Optional<ApiKey> find(String key) {
        return Optional.ofNullable(byHash.get(Sha256.hex(key)));
    }
}
