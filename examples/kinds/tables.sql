-- What the flows beside this file read; psql -f tables.sql "$SHOP_PG" makes it.
CREATE TABLE public.customers (
  customer_id bigint PRIMARY KEY,
  name text NOT NULL,
  email text,
  segment text,
  updated_at timestamp NOT NULL
);
CREATE TABLE public.orders (
  order_id bigint PRIMARY KEY,
  customer_id bigint NOT NULL,
  ordered_at timestamp NOT NULL,
  amount numeric(12, 2) NOT NULL,
  updated_at timestamp NOT NULL
);
CREATE TABLE public.page_views (
  view_id bigint PRIMARY KEY,
  visitor_id text NOT NULL,
  url text NOT NULL,
  viewed_at timestamp NOT NULL,
  received_at timestamp NOT NULL
);
-- One delivery of a supplier a day, each with everything it sells.
CREATE TABLE public.price_lists (
  delivered_on date,
  sku text,
  name text NOT NULL,
  price numeric(10, 2) NOT NULL,
  stock bigint NOT NULL,
  PRIMARY KEY (delivered_on, sku)
);

INSERT INTO public.customers VALUES
  (1, ' Ada ', 'ADA@example.org', 'gold', '2024-05-01 08:00:00'),
  (2, 'Grace', 'grace@example.org', 'silver', '2024-05-01 08:00:00');
INSERT INTO public.orders VALUES
  (10, 1, '2024-05-01 09:00:00', 20.00, '2024-05-01 09:00:00'),
  (11, 2, '2024-05-02 10:30:00', 35.50, '2024-05-02 10:30:00'),
  (12, 3, '2024-06-03 11:00:00', -4.00, '2024-06-03 11:00:00');
INSERT INTO public.page_views VALUES
  (100, 'v1', '/', '2024-05-01 09:00:00', '2024-05-01 09:00:01'),
  (101, 'v1', '/cart', '2024-05-01 09:10:00', '2024-05-01 09:10:01'),
  (102, 'v1', '/', '2024-05-01 12:00:00', '2024-05-01 12:00:01'),
  (103, 'v2', '/', '2024-05-01 09:05:00', '2024-05-01 12:30:00');
INSERT INTO public.price_lists VALUES
  ('2024-05-01', 'A', 'Apple', 1.00, 10),
  ('2024-05-01', 'B', 'Banana', 2.00, 20),
  ('2024-05-02', 'A', 'Apple', 1.10, 8),
  ('2024-05-02', 'C', 'Cherry', 9.00, 5);
