-- Keys under which reporters are told apart, one for each day (days since 1970 UTC), destroyed after a week.
CREATE TABLE print_key (day BIGINT PRIMARY KEY, value {blob} NOT NULL);
