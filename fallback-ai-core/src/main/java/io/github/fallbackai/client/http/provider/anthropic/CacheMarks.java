package io.github.fallbackai.client.http.provider.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fallbackai.chat.CacheControl;
import io.github.fallbackai.client.http.provider.ProviderJson;
import org.jspecify.annotations.Nullable;

/**
 * Writes marks for the prompt cache.
 */
final class CacheMarks {

	private CacheMarks() {
	}

	static void add(@Nullable CacheControl mark, ObjectNode holder) {
		if (mark != null) {
			holder.set("cache_control", ProviderJson.object("cache control", mark.json()));
		}
	}

}
