prepare who(int) as select email, national_id, card_number from customers where id = $1;
execute who(1);
