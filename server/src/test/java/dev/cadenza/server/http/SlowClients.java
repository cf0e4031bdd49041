package dev.cadenza.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Connections of clients that begin something and then take their time. */
final class SlowClients implements Closeable {
    private final List<Socket> sockets = new ArrayList<>();

    /** Opens so many connections and sends the same on each of them. */
    static SlowClients begin(int port, int count, String text) throws IOException {
        SlowClients clients = new SlowClients();
        for (int i = 0; i < count; i++) {
            clients.open(port).getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return clients;
    }

    private Socket open(int port) throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }

    /** Sends more on each connection that is still open; returns how many are. */
    int drip(String text) {
        int open = 0;
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                open++;
            } catch (IOException e) {
                // The server has cut it off, as it should.
            }
        }
        return open;
    }

    /** Waits until the server has closed every connection, and reads nothing of them. */
    void awaitEnd() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (drip("G") > 0) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("connections that are not read are open after 60 s");
            }
            Thread.sleep(20);
        }
    }

    /** What one client sends, piece by piece, until the server hangs up; returns what it answered. */
    static String drip(int port, String begin, String piece, long pauseMillis) throws Exception {
        try (SlowClients client = begin(port, 1, begin)) {
            Socket socket = client.sockets.get(0);
            StringBuilder answer = new StringBuilder();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() - end < 0) {
                client.drip(piece);
                Thread.sleep(pauseMillis);
                if (socket.getInputStream().available() > 0) {
                    answer.append(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
                    return answer.toString();
                }
            }
            throw new IllegalStateException("the server still waits after 30 s");
        }
    }

    /** What the first connection answers until the server hangs up. */
    String text() throws IOException {
        return new String(sockets.get(0).getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The same of all connections. */
    List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Socket socket : sockets) {
            texts.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
