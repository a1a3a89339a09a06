// SPDX-License-Identifier: Apache-2.0
package io.github.fallbackai.soak;

import java.util.List;
import java.util.stream.Stream;

import io.github.fallbackai.state.redis.RedisProcess;

/**
 * What can be wrong with Redis.
 */
enum RedisTrouble {

	SUSPENDED {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.suspend();
		}

		@Override
		void end(RedisProcess redis) {
			redis.resume();
		}
	},

	KILLED {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.kill();
		}

		@Override
		void end(RedisProcess redis) {
			redis.start();
		}
	},

	EMPTIED {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("FLUSHALL");
		}

		@Override
		void end(RedisProcess redis) {
		}
	},

	EVICTING {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("CONFIG SET maxmemory-policy " + dice
				.any(List.of("allkeys-lru", "allkeys-random", "volatile-lru", "volatile-ttl", "volatile-random")));
			redis.command("CONFIG SET maxmemory " + (1_000_000 + dice.below(500_000)));
		}

		@Override
		void end(RedisProcess redis) {
			redis.command("CONFIG SET maxmemory 0");
		}
	},

	FULL {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("CONFIG SET maxmemory-policy noeviction");
			redis.command("CONFIG SET maxmemory 1");
		}

		@Override
		void end(RedisProcess redis) {
			redis.command("CONFIG SET maxmemory 0");
		}
	},

	READ_ONLY {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("REPLICAOF 127.0.0.1 1");
		}

		@Override
		void end(RedisProcess redis) {
			redis.command("REPLICAOF NO ONE");
		}
	},

	DISCONNECTED {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("CLIENT KILL TYPE " + dice.any(List.of("normal", "pubsub")));
		}

		@Override
		void end(RedisProcess redis) {
		}
	},

	GARBAGE {
		@Override
		void begin(RedisProcess redis, Dice dice) {
			redis.command("EVAL \"for _, k in ipairs(redis.call('keys', '*')) do redis.call('set', k, '"
					+ dice.any(List.of("", "x", "9|9|9", "{}")) + "') end return 1\" 0");
		}

		@Override
		void end(RedisProcess redis) {
			redis.command("FLUSHALL");
		}
	};

	abstract void begin(RedisProcess redis, Dice dice);

	abstract void end(RedisProcess redis);

	static List<Disturbance.Trouble> all(RedisProcess redis) {
		return Stream.of(values()).<Disturbance.Trouble>map((each) -> new Disturbance.Trouble() {

			@Override
			public void begin(Dice dice) {
				each.begin(redis, dice);
			}

			@Override
			public void end() {
				each.end(redis);
			}

		}).toList();
	}

}
