// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SlicingTests {

	@RegisterExtension
	static ProviderSimulatorExtension simulator = ProviderSimulatorExtension.forEndpoint("primary");

	@Test
	void sendsOneChunkPerEvent() throws IOException {
		assertThat(chunksOf(Outcome.answer("one two"))).hasSize(5).allMatch((chunk) -> chunk.endsWith("\n\n"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 7, 1000, 100_000 })
	void sendsChunksOfEqualLength(int bytes) throws IOException {
		String whole = String.join("", chunksOf(Outcome.answer("Grüße an alle")));

		List<String> chunks = chunksOf(Outcome.answer("Grüße an alle").inChunksOf(bytes));

		assertThat(String.join("", chunks)).isEqualTo(whole.replace("chatcmpl-00000000", "chatcmpl-00000001"));
		assertThat(chunks.subList(0, chunks.size() - 1)).allMatch((chunk) -> chunk.length() == bytes);
		assertThat(chunks).hasSize((whole.length() + bytes - 1) / bytes);
	}

	@Test
	void splitsAtGivenPositionsOnly() throws IOException {
		List<String> chunks = chunksOf(Outcome.answer("one two").splitAt(50, 3));

		assertThat(chunks).hasSize(3);
		assertThat(chunks.get(0)).isEqualTo("dat");
		assertThat(chunks.get(1)).hasSize(47);
		assertThat(chunks.get(2)).endsWith("data: [DONE]\n\n");
	}

	@Test
	void endsAChunkAtAPause() throws IOException {
		List<String> chunks = chunksOf(
				Outcome.answer("one two").tokensEvery(Duration.ofMillis(5)).inChunksOf(1_000_000));

		assertThat(chunks).hasSize(2);
		assertThat(chunks.get(0)).contains("\"one\"");
		assertThat(chunks.get(1)).contains("\" two\"");
	}

	/**
	 * Returns the HTTP chunks of a streamed answer, one character per byte.
	 */
	private static List<String> chunksOf(Outcome outcome) throws IOException {
		simulator.next(outcome.closeAfterwards());
		try (RawClient client = new RawClient(simulator).post(ChatClient.streamed("Hi"))) {
			client.readUntil("\r\n\r\n");
			List<String> chunks = new ArrayList<>();
			int length = length(client);
			while (length > 0) {
				chunks.add(new String(client.read(length), StandardCharsets.ISO_8859_1));
				client.readUntil("\r\n");
				length = length(client);
			}
			return chunks;
		}
	}

	private static int length(RawClient client) throws IOException {
		return Integer.parseInt(client.readUntil("\r\n").strip(), 16);
	}

}
