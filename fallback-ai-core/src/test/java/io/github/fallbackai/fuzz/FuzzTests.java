// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.fuzz;

import java.io.IOException;
import java.nio.file.Path;

import io.github.fallbackai.client.KeyFileReading;
import io.github.fallbackai.client.http.netty.AnswerReading;
import io.github.fallbackai.client.http.netty.RefusalReading;
import io.github.fallbackai.client.http.netty.SseFraming;
import io.github.fallbackai.client.http.provider.Dialect;
import io.github.fallbackai.client.http.provider.WaitReading;
import io.github.fallbackai.client.http.provider.anthropic.AnthropicDialect;
import io.github.fallbackai.client.http.provider.gemini.GeminiDialect;
import io.github.fallbackai.client.http.provider.openai.OpenAiDialect;
import io.github.fallbackai.client.http.provider.responses.ResponsesDialect;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the core reads from outside.
 */
@Tag("slow")
class FuzzTests {

	@Test
	void framingOfStreams() throws IOException {
		Fuzzing.run("framing", new SseFraming(), "fixtures/openai/streams", "fixtures/anthropic/streams");
	}

	@Test
	void answersOfOpenAi() throws IOException {
		answers(new OpenAiDialect());
	}

	@Test
	void answersOfResponses() throws IOException {
		answers(ResponsesDialect.openAi(), "openai-responses");
	}

	@Test
	void answersOfAnthropic() throws IOException {
		answers(new AnthropicDialect());
	}

	@Test
	void answersOfGemini() throws IOException {
		answers(new GeminiDialect());
	}

	@Test
	void refusals() throws IOException {
		Fuzzing.run("refusals", new RefusalReading(), "fixtures/openai/errors", "fixtures/anthropic/errors",
				"fixtures/gemini/errors");
	}

	@Test
	void timesToWait() throws IOException {
		Fuzzing.run("waits", new WaitReading());
	}

	@Test
	void keyFiles(@TempDir Path directory) throws IOException {
		Fuzzing.run("key-files", new KeyFileReading(directory));
	}

	private static void answers(Dialect dialect) throws IOException {
		answers(dialect, dialect.provider());
	}

	private static void answers(Dialect dialect, String format) throws IOException {
		String folder = "fixtures/" + format;
		Fuzzing.run("answers/" + format, new AnswerReading(dialect), folder + "/streams", folder + "/answers");
	}

}
