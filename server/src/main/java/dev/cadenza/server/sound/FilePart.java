package dev.cadenza.server.sound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** So many bytes of a file, which may be deleted while they are read. */
public final class FilePart extends FilterInputStream {
    private long left;

    private FilePart(InputStream in, long left) {
        super(in);
        this.left = left;
    }

    public static FilePart open(Path file, long from, long count) throws IOException {
        InputStream in = Files.newInputStream(file);
        boolean good = false;
        try {
            in.skipNBytes(from);
            good = true;
            return new FilePart(in, count);
        } finally {
            if (!good) {
                in.close();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int at, int count) throws IOException {
        if (left == 0) {
            return -1;
        }
        int got = in.read(to, at, (int) Math.min(count, left));
        left -= Math.max(0, got);
        return got;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = in.skip(Math.min(count, left));
        left -= skipped;
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
