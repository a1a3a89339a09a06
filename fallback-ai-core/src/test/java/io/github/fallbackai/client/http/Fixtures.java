// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.fallbackai.client.EndpointEvent;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.StreamDecoder;
import io.github.fallbackai.client.http.wire.ResponseHead;
import io.github.fallbackai.client.http.wire.ServerEvent;

/**
 * Reads payloads from {@code src/test/resources/fixtures}.
 */
public final class Fixtures {

	private Fixtures() {
	}

	public static byte[] bytes(String path) {
		try (InputStream input = Fixtures.class.getResourceAsStream("/fixtures/" + path)) {
			return Objects.requireNonNull(input, path).readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The events of a stream that is written with line feeds and a space after each
	 * colon.
	 */
	public static List<ServerEvent> events(String path) {
		List<ServerEvent> events = new ArrayList<>();
		for (String block : new String(bytes(path), StandardCharsets.UTF_8).split("\n\n")) {
			String type = field(block, "event: ");
			String data = field(block, "data: ");
			if (!data.isEmpty()) {
				events.add(new ServerEvent(type.isEmpty() ? ServerEvent.MESSAGE : type, data));
			}
		}
		return events;
	}

	/** Events without a type, each with these data. */
	public static List<ServerEvent> data(String... data) {
		return Arrays.stream(data).map((text) -> new ServerEvent(ServerEvent.MESSAGE, text)).toList();
	}

	/** What a dialect makes of a whole stream of such events. */
	public static List<EndpointEvent> decode(Dialect dialect, String... data) {
		StreamDecoder decoder = dialect.streamDecoder(new ResponseHead(200, Map.of()));
		List<EndpointEvent> events = new ArrayList<>();
		data(data).forEach((event) -> events.addAll(decoder.decode(event)));
		events.addAll(decoder.end());
		return events;
	}

	private static String field(String block, String prefix) {
		return Arrays.stream(block.split("\n"))
			.filter((line) -> line.startsWith(prefix))
			.map((line) -> line.substring(prefix.length()))
			.collect(Collectors.joining("\n"));
	}

}
