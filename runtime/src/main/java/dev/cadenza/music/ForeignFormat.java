package dev.cadenza.music;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recognises formats other than Standard MIDI Files by their first bytes. */
final class ForeignFormat {
    /** Characters in which a text says what it is. */
    private static final int LOOKED_AT = 2048;

    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private ForeignFormat() {}

    /** What is wrong with a file that does not begin with {@code MThd}. */
    static String problem(ByteCursor in) {
        String start = in.latin1(LOOKED_AT);
        String known = start.isEmpty() ? "it is empty" : byMagic(start);
        if (known == null) {
            known = byText(start);
        }
        return "not a MIDI file: " + (known == null ? "it does not begin with MThd" : known);
    }

    private static @Nullable String byMagic(String start) {
        if (start.startsWith("\u001F\u008B")) {
            return "it is packed with gzip, unpack it first";
        }
        if (start.startsWith("SMF2CLIP")) {
            return "it is a MIDI 2.0 clip (SMF2CLIP), save it as a Standard MIDI File";
        }
        if (start.startsWith("PK\u0003\u0004") || start.startsWith("PK\u0005\u0006")) {
            return start.contains("META-INF/container.xml") || start.contains("vnd.recordare.musicxml")
                    ? "it is compressed MusicXML (.mxl), export it as MIDI"
                    : "it is a zip, or compressed MusicXML (.mxl); unpack it, or export it as MIDI";
        }
        if (start.startsWith("RIFF") && start.length() >= 12) {
            return "it is a RIFF file of the form "
                    + start.substring(8, 12).replaceAll("[^ -~]", "?").strip() + ", not RMID";
        }
        if (start.startsWith("FORM")) {
            return "it is an IFF file (XMIDI, AIFF or the like)";
        }
        if (start.startsWith("ID3") || start.startsWith("OggS") || start.startsWith("fLaC")) {
            return "it is recorded sound";
        }
        if (start.startsWith("%PDF")) {
            return "it is a PDF";
        }
        if (start.startsWith("TVRoZA")) {
            return "it is a MIDI file in base64, decode it first";
        }
        return null;
    }

    private static @Nullable String byText(String start) {
        String plain = start.startsWith("\u00FF\u00FE") || start.startsWith("\u00FE\u00FF")
                ? start.substring(2).replace("\0", "")
                : start.startsWith(BYTE_ORDER_MARK) ? start.substring(BYTE_ORDER_MARK.length()) : start;
        String text = plain.stripLeading().toLowerCase(Locale.ROOT);
        if (!text.startsWith("<")) {
            return null;
        }
        if (text.contains("score-partwise") || text.contains("score-timewise")) {
            return "it is MusicXML, export it as MIDI";
        }
        if (text.startsWith("<!doctype html") || text.contains("<html") || text.startsWith("<head")) {
            return "it is a web page (HTML), perhaps an error in place of the download";
        }
        return text.startsWith("<?xml") ? "it is XML, perhaps MusicXML; export it as MIDI" : null;
    }
}
