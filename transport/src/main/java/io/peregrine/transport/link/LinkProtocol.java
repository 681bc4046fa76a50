package io.peregrine.transport.link;

/**
 * Numbers that both ends of a link agree on.
 */
public final class LinkProtocol
{
    /**
     * The protocol version spoken here, the only one so far.
     */
    public static final int VERSION = 1;

    /**
     * The tag of the handshake and of beats.
     */
    public static final int HANDSHAKE_TAG = 0;

    /**
     * Bytes of the longest name in a Hello or a Welcome.
     */
    public static final int MAX_NAME_LENGTH = 255;

    /**
     * Bytes of the longest greeting in a Welcome.
     */
    public static final int MAX_GREETING_LENGTH = 512;

    /**
     * Bytes of the longest text in a Denial.
     */
    public static final int MAX_TEXT_LENGTH = 512;

    /**
     * The least datagram length in bytes that a link may use, so that every message of the handshake fits into one.
     */
    public static final int MIN_MTU = 1408;

    /**
     * The capability to send a request to another node when this one says so.
     */
    public static final long REDIRECTS = 1;

    /**
     * What this side can do besides, one bit for each.
     */
    static final long CAPABILITIES = REDIRECTS;

    private static final int REQUEST_STREAM = 1001;
    private static final int ANSWER_STREAM = 2001;

    private LinkProtocol()
    {
    }

    /**
     * The stream on which requests to a data agent come.
     *
     * @param agent its number.
     * @return id of the stream.
     */
    public static int requestStream(final int agent)
    {
        return REQUEST_STREAM + agent;
    }

    /**
     * The stream on which a data agent answers.
     *
     * @param agent its number.
     * @return id of the stream.
     */
    public static int answerStream(final int agent)
    {
        return ANSWER_STREAM + agent;
    }

    /**
     * Where answers are asked for: the port above that of the requests.
     *
     * @param endpoint host and port of the requests.
     * @return host and port of the answers.
     */
    public static String answerEndpoint(final String endpoint)
    {
        final int colon = endpoint.lastIndexOf(':');
        return endpoint.substring(0, colon + 1) + (Integer.parseInt(endpoint.substring(colon + 1)) + 1);
    }
}
