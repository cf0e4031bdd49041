package dev.cadenza.trainer.fetch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cadenza.files.LockFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What has arrived of a file so far, in {@code <file>.part}, with the entity tag of its edition in {@code
 * <file>.part.etag}. Locked against a second download while open. Every failure here is a local one, such as a full
 * disk, and final.
 */
final class PartFile implements AutoCloseable {
    /** Strong tags only (a weak one does not promise the same bytes), and only what may stand in a header. */
    private static final String STRONG_TAG = "\"[!#-~]{0,500}\"";

    private final Path target;
    private final Path part;
    private final Path tagFile;
    private final FileChannel channel;

    private PartFile(Path target, Path part, Path tagFile, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.tagFile = tagFile;
        this.channel = channel;
    }

    /** Opens the part of {@code target}, empty if there was none; the folder is made if it is missing. */
    static PartFile open(Path target) throws FetchException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Path folder = target.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!LockFile.lock(channel, part)) {
                channel.close();
                throw new FetchException("another download is writing " + part);
            }
            channel.position(channel.size());
            return new PartFile(target, part, target.resolveSibling(part.getFileName() + ".etag"), channel);
        } catch (IOException e) {
            throw localFailure(part, e);
        }
    }

    Path path() {
        return part;
    }

    long size() throws FetchException {
        return local(part, channel::size);
    }

    /** The entity tag that {@link #restart} was given, quotes included. */
    Optional<String> tag() throws FetchException {
        return local(tagFile, () -> {
            if (!Files.exists(tagFile)) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(tagFile, US_ASCII)).filter(PartFile::isStrong);
        });
    }

    /** Empties the part, which from now on belongs to the edition with this entity tag. */
    void restart(Optional<String> tag) throws FetchException {
        local(part, () -> {
            channel.truncate(0);
            channel.position(0);
            Optional<String> strong = tag.filter(PartFile::isStrong);
            if (strong.isPresent()) {
                Files.writeString(tagFile, strong.get(), US_ASCII);
            } else {
                Files.deleteIfExists(tagFile);
            }
            return part;
        });
    }

    void append(byte[] bytes, int length) throws FetchException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        local(part, () -> {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            return part;
        });
    }

    String sha256() throws FetchException {
        return local(part, () -> sha256(Channels.newInputStream(channel.position(0))));
    }

    /** Gives the part its real name, in one step. */
    void publish() throws FetchException {
        local(target, () -> {
            channel.force(true);
            channel.close();
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return Files.deleteIfExists(tagFile);
        });
    }

    void discard() throws FetchException {
        local(part, () -> {
            channel.close();
            Files.deleteIfExists(part);
            return Files.deleteIfExists(tagFile);
        });
    }

    /** Keeps what has arrived for the next download; a part without a byte is removed. */
    @Override
    public void close() throws FetchException {
        if (channel.isOpen() && size() == 0) {
            discard();
        }
        local(part, () -> {
            channel.close();
            return part;
        });
    }

    /** Of a whole stream, as 64 lower-case hexadecimal digits. */
    static String sha256(InputStream in) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Work on local files, whose failure is final. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T local(Path path, Work<T> work) throws FetchException {
        try {
            return work.run();
        } catch (IOException e) {
            throw localFailure(path, e);
        }
    }

    static boolean isStrong(String tag) {
        return tag.matches(STRONG_TAG);
    }

    private static FetchException localFailure(Path path, IOException e) {
        String why;
        if (e instanceof AccessDeniedException) {
            why = "permission denied";
        } else if (e instanceof FileAlreadyExistsException blocking) {
            why = blocking.getFile() + " is not a folder";
        } else if (e instanceof FileSystemException system && system.getReason() != null) {
            why = system.getReason();
        } else {
            why = String.valueOf(e.getMessage());
        }
        return new FetchException("cannot write " + path + ": " + why, e);
    }
}
