package dev.cadenza.server.http.answer;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The media types of requests and answers. */
public final class MediaType {
    public static final String MIDI = "audio/midi";
    public static final String WAV = "audio/wav";
    public static final String JSON = "application/json";
    public static final String EVENTS = "text/event-stream";
    public static final String HTML = "text/html";
    public static final String TEXT = "text/plain";

    /** What browsers of different systems call a MIDI file. */
    private static final Set<String> MIDI_NAMES = Set.of(MIDI, "audio/x-midi", "audio/mid", "audio/x-mid");

    private MediaType() {}

    /** Whether the header names a MIDI file. */
    public static boolean isMidi(@Nullable String contentType) {
        return MIDI_NAMES.contains(essence(contentType));
    }

    /** Whether the header names JSON; JSON is UTF-8, so another charset is another type. */
    public static boolean isJson(@Nullable String contentType) {
        if (contentType == null || !essence(contentType).equals(JSON)) {
            return false;
        }
        String parameters = contentType.substring(JSON.length() + contentType.indexOf(contentType.strip()));
        String charset = parameters.replaceAll("[\\s\";]", "").toLowerCase(Locale.ROOT);
        return !charset.contains("charset=") || charset.contains("charset=utf-8");
    }

    private static String essence(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
